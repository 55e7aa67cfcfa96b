import { channelAvatar } from "./avatar.js";
import { h, show } from "./element.js";
import { icon, iconButton } from "./icon.js";
import { counted, t } from "./language.js";
import { presenceDot, presenceText } from "./presence_words.js";

/** The bar above a conversation: back on a phone, what it is, and the way to its details. */
export class ConversationHead {
  #chat;
  #channel;
  #picture = h("span", { class: "head-picture" });
  #title = h("h2", { dir: "auto" });
  #detail = h("p");
  #toggle;
  #pins;
  #showPins;

  constructor(chat, channel, { toggle, showPins, search }) {
    this.#chat = chat;
    this.#channel = channel;
    this.#pins = chat.pins(channel);
    this.#showPins = h("button", { type: "button", class: "head-pins", hidden: true, onclick: showPins });
    this.#toggle = iconButton("people", t("Details"), toggle, { "aria-expanded": "false" });
    const find = iconButton("search", t("Search in this conversation"), search);
    const back = h("a", { href: "#/", class: "icon-button back", "aria-label": t("Back to the list") }, icon("back"));
    const words = h("div", { class: "head-words" }, this.#title, this.#detail);
    this.node = h("header", { class: "head" }, back, this.#picture, words, this.#showPins, find, this.#toggle);
    this.draw();
  }

  /** Follow whether the other side is here; returns what ends that. */
  open() {
    const { partner } = this.#channel;
    if (!partner) return [];
    return [this.#chat.presence.watch([partner.user_id]), this.#chat.presence.changed.listen(() => this.draw())];
  }

  set expanded(value) {
    this.#toggle.setAttribute("aria-expanded", String(value));
  }

  focus() {
    this.#toggle.focus();
  }

  #drawPins() {
    const count = this.#pins.items.length;
    show(this.#showPins, count > 0);
    this.#showPins.setAttribute("aria-label", counted(count, "{count} pinned message", "{count} pinned messages"));
    this.#showPins.replaceChildren(icon("pin"), String(count));
  }

  draw() {
    const { partner, title, memberCount } = this.#channel;
    const presence = partner && this.#chat.presence.of(partner.user_id);
    const detail = partner ? [`@${partner.user_id}`, presenceText(presence)].filter(Boolean).join(" · ") : counted(memberCount, "{count} member", "{count} members");
    this.#picture.replaceChildren(channelAvatar(this.#channel, "small"), partner ? presenceDot(presence) : "");
    this.#title.textContent = title;
    this.#detail.textContent = detail;
    this.#drawPins();
  }
}
