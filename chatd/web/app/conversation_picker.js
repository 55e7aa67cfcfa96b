import { channelAvatar } from "./avatar.js";
import { h } from "./element.js";
import { icon } from "./icon.js";
import { t } from "./language.js";
import { pointAt } from "./pointer.js";

const PAUSE_MS = 200;
let count = 0;

/**
 * A search field over a list of conversations. With `several` a click chooses and unchooses, else it calls `picked` at
 * once. `chosen` maps urls to channels.
 */
export class ConversationPicker {
  chosen = new Map();

  #channels;
  #several;
  #picked;
  #found = [];
  #active = 0;
  #timer = 0;

  constructor(channels, { several = false, picked = () => {} }) {
    this.#channels = channels;
    this.#several = several;
    this.#picked = picked;
    this.id = `conversations-${++count}`;
    this.input = h("input", {
      class: "input", type: "text", placeholder: t("Find a conversation"), autocomplete: "off", role: "combobox", "aria-label": t("Find a conversation"),
      "aria-expanded": "true", "aria-controls": this.id, "aria-autocomplete": "list", oninput: () => this.#later(), onkeydown: (event) => this.#key(event),
    });
    this.list = h("ul", { class: "people", role: "listbox", id: this.id, "aria-label": t("Conversations"), "aria-multiselectable": several && "true" });
    this.chips = h("div", { class: "chips" });
    this.node = h("div", { class: "picker" }, this.chips, this.input, this.list);
    this.#draw();
  }

  /** What is here already at once; the server knows more of them by name. */
  #later() {
    this.#active = 0;
    this.#draw();
    clearTimeout(this.#timer);
    if (this.#channels.hasMore && this.input.value.trim()) this.#timer = setTimeout(() => this.#fetch(), PAUSE_MS);
  }

  async #fetch() {
    try {
      await this.#channels.fetchNamed(this.input.value.trim());
      this.#draw();
    } catch (failure) {
      this.list.append(h("li", { class: "people-none", role: "presentation" }, failure.message));
    }
  }

  #draw() {
    const wanted = this.input.value.trim().toLocaleLowerCase();
    this.#found = this.#channels.ordered.filter(({ title }) => title.toLocaleLowerCase().includes(wanted));
    this.list.replaceChildren(...this.#found.map((channel, index) => this.#row(channel, index)));
    if (this.#found.length === 0) this.list.append(h("li", { class: "people-none", role: "presentation" }, t("No conversation has this name.")));
    this.chips.replaceChildren(...[...this.chosen.values()].map((channel) => this.#chip(channel)));
    this.#point();
  }

  #row(channel, index) {
    const isChosen = this.chosen.has(channel.url);
    const attributes = { class: "person", role: "option", id: `${this.id}-${index}`, "aria-selected": String(isChosen), onclick: () => this.#pick(channel) };
    return h("li", attributes, channelAvatar(channel), h("span", { class: "person-name", dir: "auto" }, channel.title), this.#several && h("span", { class: "tick" }, isChosen && icon("check")));
  }

  #chip(channel) {
    const label = t("Remove {name}", { name: channel.title });
    return h("button", { type: "button", class: "chip", "aria-label": label, onclick: () => this.#pick(channel) }, channel.title, icon("close"));
  }

  #pick(channel) {
    if (!this.#several) return this.#picked(channel);
    if (!this.chosen.delete(channel.url)) this.chosen.set(channel.url, channel);
    this.#picked(channel);
    this.input.value = "";
    this.#draw();
    this.input.focus();
  }

  #key(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps && this.#found.length > 0) {
      this.#active = (this.#active + steps[event.key] + this.#found.length) % this.#found.length;
      this.#point();
    } else if (event.key === "Enter" && this.#found[this.#active]) this.#pick(this.#found[this.#active]);
    else if (event.key === "Backspace" && this.input.value === "" && this.chosen.size > 0) this.#pick([...this.chosen.values()].at(-1));
    else return;
    event.preventDefault();
  }

  #point() {
    pointAt(this.input, [...this.list.querySelectorAll(".person")], this.#active, (row, isIt) => row.classList.toggle("active", isIt));
  }
}
