import { SOURCES } from "./completion_sources.js";
import { h } from "./element.js";
import { replaceText } from "./field_text.js";
import { t } from "./language.js";
import { stylesheet } from "./stylesheet.js";

const MOST = 8;
const EDGE = 8;
const STEPS = { ArrowDown: 1, ArrowUp: -1 };
let count = 0;

/** The list of what a word may become, above the field it stands in, which keeps the focus. */
export class Offer {
  #field;
  #context;
  #id = `offer-${++count}`;
  #options = [];
  #active = 0;
  #word = null;

  constructor(field, context) {
    this.#field = field;
    this.#context = context;
    this.node = h("ul", { class: "completion", role: "listbox", id: this.#id, "aria-label": t("Suggestions"), popover: "manual" });
    // A click must not take the focus from the field.
    this.node.addEventListener("pointerdown", (event) => event.preventDefault());
  }

  get isOpen() {
    return this.node.isConnected;
  }

  /** Offer what there is for a word; what comes later counts while `isWanted()`. */
  async show(word, isWanted) {
    const styled = stylesheet("completion");
    for await (const options of SOURCES[word.sign](this.#context, word.query)) {
      await styled;
      if (!isWanted()) return;
      this.#word = word;
      this.#draw(options.slice(0, MOST));
    }
  }

  /** Whether a key was for the list. */
  key({ key, shiftKey }) {
    if (key in STEPS) this.#point(this.#active + STEPS[key]);
    else if (!shiftKey && (key === "Tab" || (key === "Enter" && !this.#isWritten))) this.#take(this.#options[this.#active]);
    else return false;
    return true;
  }

  /** Whether the word is in full what it may become: then Enter is for the field. */
  get #isWritten() {
    return this.#options[this.#active].text === this.#word.sign + this.#word.query;
  }

  close() {
    this.node.remove();
    this.#field.removeAttribute("aria-controls");
    this.#field.removeAttribute("aria-activedescendant");
  }

  #draw(options) {
    if (options.length === 0) return this.close();
    const chosen = this.isOpen ? this.#options[this.#active]?.key : undefined;
    this.#options = options;
    this.node.replaceChildren(...options.map((option, index) => this.#row(option, index)));
    if (!this.isOpen) this.#open();
    this.#place();
    this.#point(Math.max(options.findIndex(({ key }) => key === chosen), 0));
  }

  #row(option, index) {
    const attributes = { class: "completion-row", role: "option", id: `${this.#id}-${index}`, onclick: () => this.#take(option) };
    return h("li", attributes, option.picture(), h("span", { class: "completion-label" }, option.label), h("small", {}, option.detail));
  }

  #open() {
    // Inside a modal dialog only what belongs to it can be used.
    (this.#field.closest("dialog") ?? document.body).append(this.node);
    this.node.showPopover();
    this.#field.setAttribute("aria-controls", this.#id);
  }

  /** Above the field where there is room, else below it. */
  #place() {
    const anchor = this.#field.closest("form").getBoundingClientRect();
    const { height } = this.node.getBoundingClientRect();
    const above = anchor.top - height - EDGE;
    this.node.style.top = `${above >= EDGE ? above : anchor.bottom + EDGE}px`;
    this.node.style.left = `${Math.max(anchor.left, EDGE)}px`;
    this.node.style.width = `${Math.min(anchor.width, 420, innerWidth - 2 * EDGE)}px`;
  }

  #point(index) {
    this.#active = (index + this.#options.length) % this.#options.length;
    const rows = [...this.node.children];
    rows.forEach((row, at) => row.setAttribute("aria-selected", String(at === this.#active)));
    this.#field.setAttribute("aria-activedescendant", rows[this.#active].id);
    rows[this.#active].scrollIntoView({ block: "nearest" });
  }

  #take(option) {
    const { start, end } = this.#word;
    this.close();
    option.taken?.();
    replaceText(this.#field, start, end, `${option.text} `);
  }
}
