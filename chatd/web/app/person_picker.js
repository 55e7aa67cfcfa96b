import { nameOf } from "../sdk/index.js";
import { avatar } from "./avatar.js";
import { h, show } from "./element.js";
import { icon } from "./icon.js";
import { t, told } from "./language.js";
import { pointAt } from "./pointer.js";

const PAUSE_MS = 150;
let count = 0;

/**
 * A search field over a list of people. With `several` a click chooses and unchooses, else it calls `picked` at once.
 * `chosen` maps user_id to user; `excluded` are not offered.
 */
export class PersonPicker {
  chosen = new Map();

  #people;
  #several;
  #excluded;
  #picked;
  #found = [];
  #active = 0;
  #timer = 0;
  #searches = 0;
  #stale = true;

  constructor(people, { several = false, excluded = new Set(), picked = () => {} }) {
    this.#people = people;
    this.#several = several;
    this.#excluded = excluded;
    this.#picked = picked;
    this.id = `people-${++count}`;
    this.chips = h("div", { class: "chips" });
    this.input = h("input", {
      class: "input", type: "text", maxlength: "80", placeholder: t("Search by name"), autofocus: true, autocomplete: "off", role: "combobox",
      "aria-label": t("Search people"), "aria-expanded": "true", "aria-controls": this.id, "aria-autocomplete": "list",
      oninput: () => this.#later(), onkeydown: (event) => this.#key(event),
    });
    this.list = h("ul", { class: "people", role: "listbox", id: this.id, "aria-label": t("People"), "aria-multiselectable": several && "true" });
    this.none = h("p", { class: "people-none", role: "status" });
    this.node = h("div", { class: "picker" }, this.chips, this.input, this.list, this.none);
    this.#search();
  }

  #later() {
    this.#stale = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#search(), PAUSE_MS);
  }

  async #search() {
    const search = ++this.#searches;
    try {
      const found = await this.#people.search(this.input.value);
      if (search !== this.#searches) return;
      this.#found = found.filter((user) => !this.#excluded.has(user.user_id));
      this.#active = 0;
      this.#stale = false;
      this.#draw();
    } catch (failure) {
      this.#found = [];
      this.#draw(told(failure.message));
    }
  }

  #draw(instead = this.#nobody()) {
    this.list.replaceChildren(...this.#found.map((user, index) => this.#row(user, index)));
    show(this.list, this.#found.length > 0);
    this.none.textContent = this.#found.length > 0 ? "" : instead;
    this.chips.replaceChildren(...[...this.chosen.values()].map((user) => this.#chip(user)));
    this.#point();
  }

  #nobody() {
    return this.input.value.trim() ? t("Nobody has this name.") : t("There is nobody else here yet. Invite somebody first.");
  }

  #row(user, index) {
    const isChosen = this.chosen.has(user.user_id);
    const attributes = { class: "person", role: "option", id: `${this.id}-${index}`, "aria-selected": String(isChosen), onclick: () => this.#pick(user) };
    const name = h("span", { class: "person-name" }, h("bdi", {}, nameOf(user)), h("small", {}, `@${user.user_id}`));
    return h("li", attributes, avatar(user), name, this.#several && h("span", { class: "tick" }, isChosen && icon("check")));
  }

  #chip(user) {
    const remove = () => this.#pick(user);
    return h("button", { type: "button", class: "chip", "aria-label": t("Remove {name}", { name: nameOf(user) }), onclick: remove }, nameOf(user), icon("close"));
  }

  #pick(user) {
    if (!this.#several) return this.#picked(user);
    if (!this.chosen.delete(user.user_id)) this.chosen.set(user.user_id, user);
    this.#picked(user);
    const search = this.input.value !== "";
    this.input.value = "";
    this.#draw();
    if (search) this.#search();
    this.input.focus();
  }

  #key(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps && this.#found.length > 0) {
      this.#active = (this.#active + steps[event.key] + this.#found.length) % this.#found.length;
      this.#point();
    } else if (event.key === "Enter") this.#choose();
    else if (event.key === "Backspace" && this.input.value === "" && this.chosen.size > 0) this.#pick([...this.chosen.values()].at(-1));
    else return;
    event.preventDefault();
  }

  /** Enter: the person pointed at, once the list shows what was typed. */
  async #choose() {
    if (this.#stale) {
      clearTimeout(this.#timer);
      await this.#search();
    }
    if (!this.#stale && this.#found[this.#active]) this.#pick(this.#found[this.#active]);
  }

  #point() {
    pointAt(this.input, [...this.list.querySelectorAll(".person")], this.#active, (row, isIt) => row.classList.toggle("active", isIt));
  }
}
