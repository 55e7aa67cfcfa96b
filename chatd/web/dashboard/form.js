import { openDialog } from "../app/dialog.js";
import { h } from "../app/element.js";
import { submitForm } from "../app/submit.js";
import { toast, toastFailure } from "../app/toast.js";
import { line } from "./fields.js";

/**
 * A dialog with a form. `fields` by their names; `work(values)` does it, and what it raises is shown; after it the dialog
 * is closed and `done(result)` is called.
 */
export function openForm({ title, text = "", fields, button, work, done = () => {}, danger = false }) {
  const doing = async () => {
    const values = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.value]));
    const result = await work(values);
    opened.close();
    done(result);
  };
  const form = submitForm({ fields: Object.values(fields).map(({ node }) => node), button, work: doing });
  if (danger) form.querySelector("button[type=submit]").classList.add("danger");
  const opened = openDialog(title, [text && h("p", { class: "dialog-text" }, text), form]);
  form.querySelector("input, textarea, select")?.focus();
}

/** Ask before something grave: who goes on has to type a word. */
export function openTyped({ title, text, word, button, work, done }) {
  const typed = line(`Type “${word}” to go on`);
  const checked = () => {
    if (typed.value.trim() !== word) throw new Error(`This is not “${word}”.`);
    return work();
  };
  openForm({ title, text, fields: { typed }, button, work: checked, done, danger: true });
}

/** Show a text that is to be copied, such as a secret that cannot be seen again. */
export function showText(title, text, value) {
  const field = line(title, { value, readonly: true });
  openDialog(title, [h("p", { class: "dialog-text" }, text), field.node]);
  field.input.select();
}

/** Do something, and say that it was done or why not. Resolves to whether it was. */
export async function attempt(work, said = "") {
  try {
    await work();
  } catch (failure) {
    toastFailure("", failure);
    return false;
  }
  if (said) toast(said);
  return true;
}
