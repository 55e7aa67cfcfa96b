import { openDialog } from "./dialog.js";
import { h } from "./element.js";
import { t } from "./language.js";

/** Ask before something that cannot be undone; resolves to whether to go on. */
export function confirm({ title, text, action }) {
  return new Promise((resolve) => {
    let answer = false;
    const say = (value) => () => {
      answer = value;
      opened.close();
    };
    const opened = openDialog(
      title,
      [
        h("p", { class: "dialog-text" }, text),
        h(
          "div",
          { class: "dialog-actions" },
          h("button", { type: "button", class: "button", onclick: say(false) }, t("Cancel")),
          h("button", { type: "button", class: "button danger", onclick: say(true), autofocus: true }, action),
        ),
      ],
      { closed: () => resolve(answer) },
    );
  });
}
