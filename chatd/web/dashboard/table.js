import { h } from "../app/element.js";
import { orderedHead, sortingHead } from "./sorting.js";
import { loading, nothing, problem } from "./states.js";

/**
 * A table of rows that are at hand. A column is {title, cell(row), kind, by(row), order}; `kind` is "number" or "time" for
 * what is aligned so, "act" for buttons. With `to(row)`, an address, rows can be opened by their first cell. Its heads
 * sort the rows, by what `by` says; with `ordered`, when there are more of them elsewhere, they ask for another `order`.
 */
export function table(label, columns, rows, { to = null, empty = "Nothing here.", ordered = null } = {}) {
  if (!rows.length) return nothing(empty);
  const lines = rows.map((row) => ({ row, node: tableRow(columns, row, to) }));
  const body = h("tbody", {}, lines.map(({ node }) => node));
  const head = ordered ? orderedHead(columns, ordered) : sortingHead(label, columns, lines, body);
  return h("div", { class: "table-frame" }, h("table", { "aria-label": label }, h("thead", {}, head), body));
}

function tableRow(columns, row, to) {
  const [first, ...rest] = columns;
  const shown = first.cell(row);
  const head = h("th", { scope: "row", class: first.kind }, to ? h("a", { class: "row-link", href: to(row) }, shown) : shown);
  return h("tr", { class: to ? "opens" : null }, head, rest.map(({ cell, kind }) => h("td", { class: kind }, cell(row))));
}

/**
 * The same of what the server has by pages. `load(token)` resolves to {rows, next}; `token` is "" for the first page.
 * A page may be empty though there is another. `options` are those of a table; with `order()`, the order that is
 * asked for or null for none, and `reorder(order)` the server sorts it. What fits on one page is sorted here.
 */
export class PagedTable {
  #label;
  #columns;
  #options;
  #load = null;
  #tokens = [""];
  #turn = 0;
  #frame = h("div", { class: "pages" });
  #back = turner("Previous page", "Previous", () => this.#step(-1));
  #on = turner("Next page", "Next", () => this.#step(1));
  #foot = h("footer", { class: "pager" }, this.#back, this.#on);

  constructor(label, columns, options = {}) {
    this.#label = label;
    this.#columns = columns;
    this.#options = options;
    this.node = h("div", { class: "paged" }, this.#frame, this.#foot);
    this.#foot.hidden = true;
  }

  /** Begin anew with the first page. */
  open(load) {
    this.#load = load;
    this.#tokens = [""];
    return this.again();
  }

  /** Load the page that is shown once more. */
  async again() {
    const turn = ++this.#turn;
    if (!this.#frame.hasChildNodes()) this.#frame.replaceChildren(loading());
    this.#frame.setAttribute("aria-busy", "true");
    const found = await this.#load(this.#tokens.at(-1)).catch((failure) => ({ failure }));
    if (turn !== this.#turn) return;
    this.#frame.removeAttribute("aria-busy");
    if (found.failure) this.#frame.replaceChildren(problem(found.failure, () => this.again()));
    else this.#show(found);
  }

  #show({ rows, next }) {
    const isFirst = this.#tokens.length === 1;
    const empty = next || !isFirst ? "Nothing on this page." : this.#options.empty;
    const { order = () => null, reorder = null } = this.#options;
    const ordered = isFirst && !next ? null : { order: order(), reorder };
    this.#frame.replaceChildren(table(this.#label, this.#columns, rows, { ...this.#options, empty, ordered }));
    this.#foot.hidden = isFirst && !next;
    this.#back.disabled = isFirst;
    this.#on.disabled = !next;
    this.#on.value = next ?? "";
  }

  #step(by) {
    if (by < 0) this.#tokens.pop();
    else this.#tokens.push(this.#on.value);
    this.again();
  }
}

function turner(label, text, onclick) {
  return h("button", { type: "button", class: "button small", "aria-label": label, onclick }, text);
}
