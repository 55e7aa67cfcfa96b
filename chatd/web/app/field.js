import { h } from "./element.js";

let count = 0;

/** A labelled input with a hint and a place for what is wrong with it. */
export class Field {
  constructor({ label, hint = "", ...attributes }) {
    const id = `field-${++count}`;
    this.input = h("input", { id, class: "input", "aria-describedby": `${id}-note`, ...attributes });
    this.note = h("p", { id: `${id}-note`, class: "field-note" }, hint);
    this.node = h("div", { class: "field" }, h("label", { for: id }, label), this.input, this.note);
    this.hint = hint;
    this.input.addEventListener("input", () => this.complain(""));
  }

  get value() {
    return this.input.value;
  }

  /** Say what is wrong; with "" nothing is. */
  complain(text) {
    this.input.setAttribute("aria-invalid", text ? "true" : "false");
    this.note.textContent = text || this.hint;
    this.note.classList.toggle("wrong", text !== "");
    if (text) this.input.focus();
  }
}
