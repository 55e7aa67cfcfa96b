/** Show which of the rows of a listbox Enter in `input` would take: `mark(row, isIt)` draws it. None when there is no such row. */
export function pointAt(input, rows, active, mark) {
  rows.forEach((row, index) => mark(row, index === active));
  const row = rows[active];
  if (!row) return input.removeAttribute("aria-activedescendant");
  input.setAttribute("aria-activedescendant", row.id);
  row.scrollIntoView({ block: "nearest" });
}
