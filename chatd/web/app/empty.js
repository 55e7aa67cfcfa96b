import { h } from "./element.js";
import { icon } from "./icon.js";
import { t } from "./language.js";

/** What stands where a conversation would be. */
export function nothingOpen({ loading, any }) {
  if (loading) return h("div", { class: "empty", "aria-busy": "true" }, h("span", { class: "spinner" }));
  const text = any ? t("Choose a conversation from the list.") : t("Start one with the pencil, or invite people first.");
  return empty("compose", any ? t("Your conversations") : t("No conversations yet"), text);
}

/** A drawing, a headline and a sentence in the middle of an area with nothing in it. */
export function empty(drawing, headline, text) {
  return h("div", { class: "empty" }, h("span", { class: "empty-sign" }, icon(drawing)), h("h2", {}, headline), h("p", {}, text));
}
