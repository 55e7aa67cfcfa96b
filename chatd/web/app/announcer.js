import { h } from "./element.js";
import { t } from "./language.js";

const KEPT = 5;
const region = h("div", { class: "unseen", role: "log", "aria-live": "polite", "aria-label": t("New messages") });
document.body.append(region);

/** Have a screen reader say something when it has a moment. */
export function announce(text) {
  region.append(h("p", {}, text));
  while (region.childElementCount > KEPT) region.firstElementChild.remove();
}
