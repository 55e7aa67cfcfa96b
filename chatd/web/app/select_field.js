import { newIdentifier } from "../sdk/index.js";
import { h } from "./element.js";
import { t } from "./language.js";
import { toastFailure } from "./toast.js";

/** A labelled choice of one of `options`, {value: name}. `choose(value)` keeps it; when that fails the one before is back. */
export function selectField({ label, options, value, choose = () => {}, hint = "" }) {
  const id = newIdentifier();
  let kept = value;
  const select = h("select", { id, class: "input", "aria-describedby": `${id}-note` }, Object.entries(options).map(([each, name]) => h("option", { value: each, selected: each === value }, name)));
  select.addEventListener("change", async () => {
    try {
      await choose(select.value);
      kept = select.value;
    } catch (failure) {
      select.value = kept;
      toastFailure(t("Your choice was not kept."), failure);
    }
  });
  return { select, node: h("div", { class: "field" }, h("label", { for: id }, label), select, h("p", { id: `${id}-note`, class: "field-note" }, hint)) };
}
