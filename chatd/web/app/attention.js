import { Signal } from "../sdk/index.js";

/** Whether a person is looking at this page: it is visible and has the focus. */
class Attention {
  changed = new Signal();

  constructor() {
    const tell = () => this.changed.emit(this.present);
    window.addEventListener("focus", tell);
    window.addEventListener("blur", tell);
    document.addEventListener("visibilitychange", tell);
  }

  get present() {
    return document.visibilityState === "visible" && document.hasFocus();
  }
}

export const attention = new Attention();
