import { h } from "../app/element.js";
import { Field } from "../app/field.js";

let count = 0;

/** What a form is made of, each with `node`, `value` and `complain(text)`. This one is a line of text. */
export function line(label, more = {}) {
  return new Field({ label, autocomplete: "off", spellcheck: "false", ...more });
}

/** Several lines of text. */
export function lines(label, { value = "", hint = "", code = false, ...more } = {}) {
  const input = h("textarea", { class: `textarea ${code ? "code" : ""}`, spellcheck: String(!code), ...more });
  input.value = value;
  return labelled(label, input, hint, () => input.value);
}

/** One of some choices: pairs of a value and its name. */
export function pick(label, choices, value, hint = "") {
  const input = h("select", { class: "select" }, choices.map(([each, name]) => h("option", { value: each, selected: each === value }, name)));
  return labelled(label, input, hint, () => input.value);
}

/** Yes or no. */
export function toggle(label, checked = false, hint = "") {
  const input = h("input", { type: "checkbox", checked });
  const node = h("div", { class: "toggle" }, h("label", {}, input, label), hint && h("p", { class: "field-note" }, hint));
  return { node, input, get value() { return input.checked; } };
}

/** An object as JSON; its `value` is what was read, and reading what is no object says so and raises. */
export function json(label, value, hint = "") {
  const field = lines(label, { value: JSON.stringify(value, null, 2), hint, code: true });
  return { node: field.node, input: field.input, complain: field.complain, get value() { return parsed(field); } };
}

function parsed(field) {
  try {
    const found = JSON.parse(field.value || "{}");
    if (found && typeof found === "object" && !Array.isArray(found)) return found;
  } catch {
    // Said below, as for what is JSON and no object.
  }
  field.complain("This has to be a JSON object.");
  throw new Error("This has to be a JSON object.");
}

function labelled(label, input, hint, read) {
  const id = `dashboard-field-${++count}`;
  const note = h("p", { id: `${id}-note`, class: "field-note" }, hint);
  input.id = id;
  input.setAttribute("aria-describedby", note.id);
  const complain = (text) => {
    input.setAttribute("aria-invalid", String(text !== ""));
    note.textContent = text || hint;
    note.classList.toggle("wrong", text !== "");
    if (text) input.focus();
  };
  input.addEventListener("input", () => complain(""));
  return { node: h("div", { class: "field" }, h("label", { for: id }, label), input, note), input, complain, get value() { return read(); } };
}
