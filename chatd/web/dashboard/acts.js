import { confirm } from "../app/confirm.js";
import { h } from "../app/element.js";
import { iconButton } from "../app/icon.js";
import { menuButton } from "../app/menu.js";
import { attempt } from "./form.js";

/** What can be done with something: a button for each, of which those that destroy look so. */
export function button(text, onclick, kind = "") {
  return h("button", { type: "button", class: `button small ${kind}`, onclick }, text);
}

/** A button that asks first. `question` is {title, text, action}; `said` is shown when it was done. */
export function askingButton(text, question, work, { said = "", done = () => {}, kind = "danger-quiet" } = {}) {
  return button(text, () => ask(question, work, { said, done }), kind);
}

export async function ask(question, work, { said = "", done = () => {} } = {}) {
  if ((await confirm(question)) && (await attempt(work, said))) done();
}

/** A menu of what can be done with a row; null when that is nothing. `items` are [text, onclick, isGrave], or false. */
export function rowMenu(label, items) {
  const known = items.filter(Boolean);
  if (!known.length) return null;
  const more = iconButton("more", label, null);
  menuButton(more, label, () => known.map(([text, onclick, isGrave]) =>
    h("button", { type: "button", role: "menuitem", tabindex: "-1", class: `menu-item ${isGrave ? "grave" : ""}`, onclick }, text)));
  return more;
}
