import { h } from "./element.js";
import { t } from "./language.js";

// A connection that is back this soon was not worth a word.
const PATIENCE_MS = 900;
const FAREWELL_MS = 1_800;

/** Says when the connection is away, and when it is back. */
export class StateNotice {
  #chat;
  #text = h("span");
  #retry;
  #timer = 0;
  #endings;

  constructor(chat) {
    this.#chat = chat;
    this.#retry = h("button", { type: "button", class: "link", onclick: () => chat.hurry() }, t("Try now"));
    const content = [h("span", { class: "state-sign" }), this.#text, this.#retry];
    this.node = h("div", { class: "state-notice", role: "status", hidden: true, "data-state": "" }, content);
    const look = () => this.#look();
    window.addEventListener("offline", look);
    window.addEventListener("online", look);
    this.#endings = [
      chat.stateChanged.listen(look),
      () => window.removeEventListener("offline", look),
      () => window.removeEventListener("online", look),
    ];
    this.#look();
  }

  close() {
    clearTimeout(this.#timer);
    this.#endings.forEach((end) => end());
  }

  #look() {
    clearTimeout(this.#timer);
    if (this.#chat.state !== "connected") this.#timer = setTimeout(() => this.#away(), this.node.hidden ? PATIENCE_MS : 0);
    else if (!this.node.hidden) this.#back();
  }

  #away() {
    const text = navigator.onLine ? t("Reconnecting…") : t("You are offline. Messages wait until you are back.");
    this.#say("away", text, navigator.onLine);
  }

  #back() {
    this.#say("back", t("Connected again"), false);
    this.#timer = setTimeout(() => (this.node.hidden = true), FAREWELL_MS);
  }

  #say(state, text, canRetry) {
    this.node.dataset.state = state;
    this.#text.textContent = text;
    this.#retry.hidden = !canRetry;
    this.node.hidden = false;
  }
}
