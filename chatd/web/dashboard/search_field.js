import { h } from "../app/element.js";

const PAUSE_MS = 250;

/** A field that calls `changed(text)` when somebody has stopped to type. */
export function searchField(label, value, changed) {
  let timer = 0;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => changed(field.value.trim()), PAUSE_MS);
  };
  const field = h("input", { class: "input small", type: "search", placeholder: label, "aria-label": label, value, oninput: later });
  return field;
}
