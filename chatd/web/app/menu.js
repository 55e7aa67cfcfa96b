import { h } from "./element.js";

/** A menu below the button that opens it. `items()` makes its entries each time: elements with a menu role. */
export class Menu {
  #button;
  #items;
  #list = null;

  constructor(button, items) {
    this.#button = button;
    this.#items = items;
    button.setAttribute("aria-haspopup", "menu");
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", () => (this.#list ? this.close() : this.open()));
  }

  open() {
    this.#list = h("div", { class: "menu", role: "menu", onkeydown: (event) => this.#move(event) }, this.#items());
    this.#list.addEventListener("click", ({ target }) => target.closest("[role^=menuitem]") && this.close());
    this.#button.after(this.#list);
    this.#button.setAttribute("aria-expanded", "true");
    document.addEventListener("pointerdown", this.#outside);
    this.#entries[0]?.focus();
  }

  close() {
    document.removeEventListener("pointerdown", this.#outside);
    this.#list?.remove();
    this.#list = null;
    this.#button.setAttribute("aria-expanded", "false");
    this.#button.focus();
  }

  #outside = ({ target }) => {
    if (!this.#list.contains(target) && !this.#button.contains(target)) this.close();
  };

  get #entries() {
    return [...this.#list.querySelectorAll("[role^=menuitem]")];
  }

  #move(event) {
    const entries = this.#entries;
    const at = entries.indexOf(document.activeElement);
    const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
    if (event.key === "Escape" || event.key === "Tab") this.close();
    else if (event.key in steps) entries.at(steps[event.key] % entries.length).focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

/** An entry that does something. */
export function menuItem(drawing, label, onclick) {
  return h("button", { type: "button", role: "menuitem", tabindex: "-1", class: "menu-item", onclick }, drawing, label);
}
