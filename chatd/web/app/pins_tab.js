import { nameOf } from "../sdk/index.js";
import { h } from "./element.js";
import { icon, iconButton } from "./icon.js";
import { t } from "./language.js";
import { messageEntry, nothingHere } from "./message_entry.js";
import { unpin } from "./message_menu.js";

/** The pinned messages of a conversation, the last one first. */
export class PinsTab {
  #chat;
  #channel;
  #pins;
  #went;
  #ending;

  constructor(chat, channel, { went }) {
    this.#chat = chat;
    this.#channel = channel;
    this.#pins = chat.pins(channel);
    this.#went = went;
    this.node = h("div", {});
    this.#ending = this.#pins.changed.listen(() => this.draw());
    this.draw();
  }

  close() {
    this.#ending();
  }

  draw() {
    const { items, loaded } = this.#pins;
    if (!loaded) this.node.replaceChildren(h("p", { class: "tab-wait", "aria-busy": "true" }, h("span", { class: "spinner" })));
    else if (items.length === 0) this.node.replaceChildren(this.#nothing());
    else this.node.replaceChildren(h("ul", { class: "entries", "aria-label": t("Pinned messages") }, items.toReversed().map((item) => this.#entry(item))));
  }

  #nothing() {
    return nothingHere("pin", t("Nothing is pinned"), t("Pin what everybody should find again: in the menu of a message."));
  }

  #entry({ message, user_id }) {
    const may = this.#chat.permissions(this.#channel).may("pin");
    const tools = may ? [iconButton("unpin", t("Unpin"), () => unpin(this.#pins, message), { class: "small" })] : [];
    return messageEntry(message, { tools, note: this.#by(user_id), went: this.#went });
  }

  #by(userId) {
    const { me } = this.#chat;
    const user = userId === me.user_id ? me : this.#channel.members.get(userId);
    if (!user) return null;
    return h("p", { class: "entry-note" }, icon("pin"), user === me ? t("Pinned by you") : t("Pinned by {name}", { name: nameOf(user) }));
  }
}
