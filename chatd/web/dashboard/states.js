import { h } from "../app/element.js";
import { icon } from "../app/icon.js";

/** What stands where something is being loaded. */
export function loading() {
  return h("div", { class: "state", role: "status", "aria-busy": "true", "aria-label": "Loading" }, h("span", { class: "spinner" }));
}

/** What stands where there is nothing. */
export function nothing(headline, text = "", action = null) {
  return h("div", { class: "state" }, h("strong", {}, headline), text && h("p", {}, text), action);
}

/** What did not work, in words, and a way to try again. */
export function problem(failure, again = null) {
  return h("div", { class: "state failed", role: "alert" }, icon("warning"), h("p", {}, failure.message),
    again && h("button", { type: "button", class: "button small", onclick: again }, "Try again"));
}

/** An area that shows what `load` resolves to: nodes; meanwhile that it is loading, or what went wrong. */
export class Area {
  #load;
  #turn = 0;

  constructor(load, attributes = {}) {
    this.#load = load;
    this.node = h("div", attributes);
  }

  /** Load anew. What is there stays until something else is; of several calls the last one counts. */
  async show() {
    const turn = ++this.#turn;
    if (!this.node.hasChildNodes()) this.node.replaceChildren(loading());
    this.node.setAttribute("aria-busy", "true");
    const shown = await this.#attempt();
    if (turn !== this.#turn) return;
    this.node.removeAttribute("aria-busy");
    this.node.replaceChildren(...[shown].flat(Infinity).filter(Boolean));
  }

  async #attempt() {
    try {
      return await this.#load();
    } catch (failure) {
      return problem(failure, () => this.show());
    }
  }
}

/** An area that has begun to load. */
export function area(load, attributes = {}) {
  const made = new Area(load, attributes);
  made.show();
  return made;
}
