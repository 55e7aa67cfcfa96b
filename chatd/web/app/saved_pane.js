import { h } from "./element.js";
import { iconButton } from "./icon.js";
import { t } from "./language.js";
import { unsave } from "./message_menu.js";
import { messageEntry, nothingHere } from "./message_entry.js";
import { rowButton } from "./row_button.js";
import { stylesheet } from "./stylesheet.js";
import { toastFailure } from "./toast.js";

/** What this person has put aside for later, of all conversations. */
export class SavedPane {
  #chat;
  #does;
  #ending;
  #close;
  #body = h("div", { class: "pane-body" });

  static async make(chat, does) {
    await Promise.all([stylesheet("entry"), stylesheet("side")]);
    return new SavedPane(chat, does);
  }

  constructor(chat, does) {
    this.#chat = chat;
    this.#does = does;
    this.#close = iconButton("close", t("Close what is for later"), does.close);
    const head = h("header", { class: "pane-head" }, h("h2", {}, t("For later")), this.#close);
    this.node = h("aside", { class: "side-pane", "aria-label": t("For later") }, head, this.#body);
    this.node.addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && does.close());
    this.#ending = chat.saved.changed.listen(() => this.#draw());
    this.#draw();
  }

  begin() {
    this.#close.focus();
    this.#chat.saved.begin().catch((failure) => toastFailure(t("The saved messages could not be loaded."), failure));
  }

  end() {
    this.#ending();
  }

  #draw() {
    const { loaded, items: messages, hasMore } = this.#chat.saved;
    if (!loaded) return this.#body.replaceChildren(h("p", { class: "side-wait", "aria-busy": "true" }, h("span", { class: "spinner" })));
    if (messages.length === 0) return this.#body.replaceChildren(nothingHere("bookmark", t("Nothing is saved"), t("Save what you want to come back to: in the menu of a message. Only you see it.")));
    const list = h("ul", { class: "entries", "aria-label": t("Saved messages") }, messages.map((message) => this.#entry(message)));
    this.#body.replaceChildren(list, hasMore ? rowButton("down", t("Show more"), () => this.#more()) : "");
  }

  #entry(message) {
    const place = this.#chat.channels.get(message.channel_url)?.title ?? "";
    const done = iconButton("check", t("Done: save no longer"), () => unsave(this.#chat.saved, message), { class: "small" });
    return messageEntry(message, { place, tools: [done], went: this.#does.went });
  }

  async #more() {
    try {
      await this.#chat.saved.loadMore();
    } catch (failure) {
      toastFailure(t("The saved messages could not be loaded."), failure);
    }
  }
}
