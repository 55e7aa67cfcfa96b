import { h } from "./element.js";
import { icon } from "./icon.js";

/** Something to do, as a row of a pane. */
export function rowButton(drawing, label, onclick, extra = "") {
  return h("button", { type: "button", class: `row-button ${extra}`, onclick }, h("span", { class: "row-sign" }, icon(drawing)), label);
}
