import { h } from "../app/element.js";
import { icon } from "../app/icon.js";

/** A button that hands out a table as a file. `rows()` is lists of values, the first of them the names. */
export function csvButton(name, rows) {
  return h("button", { type: "button", class: "button small quiet", "aria-label": `Download as CSV: ${name}`, onclick: () => download(`${name}.csv`, "text/csv", text(rows())) },
    icon("download"), "CSV");
}

/** Have the browser keep a text as a file. */
export function download(name, type, content) {
  const url = URL.createObjectURL(new Blob([content], { type }));
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** RFC 4180, with a mark for programs that would take it for another encoding. */
function text(rows) {
  return `\uFEFF${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

function cell(value) {
  if (typeof value === "number") return String(value);
  // Programs for tables run what begins so; names and types are written by users.
  const plain = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
