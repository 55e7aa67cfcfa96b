import { h } from "../app/element.js";

const ASCENDING = "ascending";
const DESCENDING = "descending";
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

// How somebody had tables sorted, by their labels: {title, direction}.
const chosen = new Map();

/**
 * The head of a table that sorts `lines`, which are {row, node} and all that there are, in its body. A column sorts by
 * what `by(row)` is, a number or a text; without it by the text of its cell, when that is one.
 */
export function sortingHead(label, columns, lines, body) {
  const cells = columns.map((column, at) => headCell(column, sorts(column) && (() => turn(column, at))));
  const turn = (column, at) => {
    const before = chosen.get(label);
    const direction = before?.title !== column.title ? usual(column) : before.direction === ASCENDING ? DESCENDING : ASCENDING;
    chosen.set(label, { title: column.title, direction });
    sort(at, direction);
  };
  const sort = (at, direction) => {
    mark(cells, at, direction);
    body.append(...sorted(lines, valueOf(columns[at], at), direction).map(({ node }) => node));
  };
  const known = chosen.get(label);
  const at = columns.findIndex((column) => column.title === known?.title && sorts(column));
  if (at >= 0) sort(at, known.direction);
  return h("tr", {}, cells);
}

/**
 * The head of a table of which the server has more, and sorts it: columns that have an `order` of it ask for that, and
 * when they have it for the one that is `reversed`, if there is one.
 */
export function orderedHead(columns, { order, reorder }) {
  const next = (column) => (column.order === order && column.reversed) || column.order;
  const cells = columns.map((column) => headCell(column, order !== null && reorder && column.order && (() => reorder(next(column)))));
  const at = columns.findIndex((column) => column.order && [column.order, column.reversed].includes(order));
  if (at >= 0) mark(cells, at, directionOf(columns[at], order));
  return h("tr", {}, cells);
}

function directionOf(column, order) {
  const first = column.direction ?? usual(column);
  return order === column.order ? first : first === ASCENDING ? DESCENDING : ASCENDING;
}

function headCell({ title, kind }, sort) {
  if (!title) return h("td", { class: kind });
  return h("th", { scope: "col", class: kind }, sort ? h("button", { type: "button", class: "sort", onclick: sort }, title) : title);
}

function mark(cells, at, direction) {
  for (const cell of cells) cell.removeAttribute("aria-sort");
  cells[at].setAttribute("aria-sort", direction);
}

/** Numbers and times begin with the most and the newest. */
function usual(column) {
  return isAmount(column) ? DESCENDING : ASCENDING;
}

function isAmount({ kind = "" }) {
  return /number|time/.test(kind);
}

function sorts(column) {
  return Boolean(column.title && (column.by || !isAmount(column)));
}

function valueOf({ by }, at) {
  return by ? ({ row }) => by(row) ?? "" : ({ node }) => node.children[at].textContent;
}

function sorted(lines, value, direction) {
  const by = direction === ASCENDING ? 1 : -1;
  return [...lines].sort((one, two) => by * compare(value(one), value(two)));
}

function compare(one, two) {
  return typeof one === "number" && typeof two === "number" ? one - two : collator.compare(one, two);
}
