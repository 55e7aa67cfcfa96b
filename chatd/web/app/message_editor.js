import { Completion } from "./completion.js";
import { h } from "./element.js";
import { formattingKeys } from "./field_keys.js";
import { t } from "./language.js";

/** A message being rewritten in its place. `context`: see Completion. `save(text)` resolves when it is done; `cancel()` goes back. */
export function messageEditor(message, context, { save, cancel }) {
  const input = h("textarea", { rows: "1", dir: "auto", "aria-label": t("Edit message") });
  input.value = message.message;
  formattingKeys(input);
  const completion = new Completion(input, context);
  const grow = h("div", { class: "grow" }, input);
  const measure = () => (grow.dataset.text = `${input.value}\n`);
  const finish = async (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (text === "" || text === message.message) return cancel();
    input.disabled = true;
    try {
      await save(text);
    } finally {
      input.disabled = false;
    }
  };
  input.addEventListener("input", measure);
  input.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.isComposing || completion.key(event)) return;
    if (event.key === "Escape") cancel();
    else if (event.key === "Enter" && !event.shiftKey) finish(event);
  });
  measure();
  return h(
    "form",
    { class: "editor", onsubmit: finish },
    grow,
    h(
      "div",
      { class: "editor-foot" },
      h("span", { class: "editor-hint" }, t("Enter saves, Esc cancels")),
      h("button", { type: "button", class: "button small", onclick: cancel }, t("Cancel")),
      h("button", { type: "submit", class: "button small primary" }, t("Save")),
    ),
  );
}
