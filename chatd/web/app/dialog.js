import { h } from "./element.js";
import { iconButton } from "./icon.js";
import { t } from "./language.js";

/**
 * A modal dialog with a title. The browser keeps the focus inside, closes on Escape and gives the focus back.
 * Returns {close, body}; `closed()` is called when it has gone.
 */
export function openDialog(title, content, { closed = () => {}, label = title } = {}) {
  const dialog = h("dialog", { class: "dialog", "aria-label": label });
  const close = () => dialog.close();
  dialog.append(
    h("header", { class: "dialog-head" }, h("h2", {}, title), iconButton("close", t("Close"), close)),
    h("div", { class: "dialog-body" }, content),
  );
  dialog.addEventListener("close", () => {
    dialog.remove();
    closed();
  });
  // A click on the dialog itself and not on something in it is one on the backdrop.
  dialog.addEventListener("pointerdown", ({ target }) => target === dialog && close());
  document.body.append(dialog);
  dialog.showModal();
  return { close, dialog };
}
