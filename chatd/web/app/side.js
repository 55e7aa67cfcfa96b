import { toastFailure } from "./toast.js";
import { t } from "./language.js";

const PANES = {
  search: async () => (await import("./search_pane.js")).SearchPane,
  saved: async () => (await import("./saved_pane.js")).SavedPane,
  threads: async () => (await import("./threads_pane.js")).ThreadsPane,
};
// Where such a pane lies over the conversation.
const IS_NARROW = matchMedia("(width < 1080px)");

/** What stands beside all conversations: a search, for example. One of them at a time; each is as it was left. */
export class Side {
  #chat;
  #place;
  // Promises of panes: two who ask for one at the same time get the same.
  #made = {};
  #shown = null;
  #before = null;

  /** `place`: the element whose last child it is. */
  constructor(chat, place) {
    this.#chat = chat;
    this.#place = place;
  }

  /** Show one of them: `about` is what it is to begin with. */
  async open(kind, about = {}) {
    try {
      const pane = await (this.#made[kind] ??= this.#make(kind));
      if (this.#shown !== pane) this.#show(pane);
      pane.begin(about);
    } catch (failure) {
      delete this.#made[kind];
      toastFailure(t("That could not be opened."), failure);
    }
  }

  close() {
    if (!this.#shown) return;
    this.#shown.node.remove();
    this.#shown = null;
    delete this.#place.dataset.side;
    if (this.#before?.isConnected) this.#before.focus();
  }

  /** Nothing of it is needed any more. */
  async end() {
    this.close();
    (await Promise.all(Object.values(this.#made))).forEach((pane) => pane.end());
  }

  async #make(kind) {
    const Pane = await PANES[kind]();
    return Pane.make(this.#chat, { close: () => this.close(), went: () => IS_NARROW.matches && this.#leave() });
  }

  #show(pane) {
    if (!this.#shown) this.#before = document.activeElement;
    this.#shown?.node.remove();
    this.#shown = pane;
    this.#place.append(pane.node);
    this.#place.dataset.side = "";
  }

  /** Somebody went from it to a message: the focus is there. */
  #leave() {
    this.#before = null;
    this.close();
  }
}
