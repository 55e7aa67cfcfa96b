import { h } from "./element.js";
import { iconButton } from "./icon.js";
import { t } from "./language.js";

const MOST = 10;
export const NIGHT = { start: "22:00", end: "07:00" };

/** The quiet times of a day, {start, end} each, to change, and unless `isFixed` to add and take away. */
export class QuietDay {
  #list = h("div", { class: "quiet-times" });
  #adding;

  constructor(name, times, isFixed = false) {
    this.#adding = isFixed ? null : iconButton("plus", t("Add a time"), () => this.#begin());
    this.node = h("div", { role: "group", "aria-label": name, class: "quiet-day" }, h("span", { class: "label" }, name), this.#list, this.#adding);
    for (const time of times) this.#append(time);
  }

  get times() {
    return [...this.#list.children].map((row) => {
      const [start, end] = [...row.querySelectorAll("input")].map(({ value }) => value);
      return { start, end };
    });
  }

  #begin() {
    this.#append(NIGHT);
    this.#list.lastChild.querySelector("input").focus();
  }

  #append({ start, end }) {
    const removing = this.#adding && iconButton("close", t("Remove this time"), () => this.#remove(row));
    const row = h("div", { class: "quiet-time" }, timeInput(t("From"), start), h("span", { "aria-hidden": "true" }, "–"), timeInput(t("Until"), end), removing);
    this.#list.append(row);
    this.#limit();
  }

  #remove(row) {
    row.remove();
    this.#limit();
    this.#adding.focus();
  }

  #limit() {
    if (this.#adding) this.#adding.hidden = this.#list.childElementCount >= MOST;
  }
}

function timeInput(label, value) {
  const valid = ({ target }) => target.setAttribute("aria-invalid", "false");
  return h("input", { type: "time", class: "input", "aria-label": label, value, oninput: valid });
}
