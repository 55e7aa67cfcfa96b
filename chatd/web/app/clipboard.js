import { h } from "./element.js";

/** Copy text. Without https there is no clipboard API: then by way of a selected input, given or made for it. */
export async function copyText(text, input = null) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const field = input ?? h("textarea", { class: "unseen" });
  if (!input) {
    field.value = text;
    document.body.append(field);
  }
  field.select();
  document.execCommand("copy");
  if (!input) field.remove();
}
