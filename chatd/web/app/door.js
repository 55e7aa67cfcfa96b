import { h } from "./element.js";
import { icon } from "./icon.js";
import { languageName, openLanguages } from "./language_choice.js";
import { logo } from "./logo.js";
import { stylesheet } from "./stylesheet.js";

await stylesheet("door");

/** The page before one is in: a card with a headline, a sentence and what there is to do. */
export function door(headline, sentence, ...content) {
  return h(
    "main",
    { class: "door" },
    h("section", { class: "card" }, logo(), h("h1", {}, headline), h("p", { class: "lead" }, sentence), content),
    h("button", { type: "button", class: "door-language", onclick: () => openLanguages() }, icon("globe"), languageName),
  );
}
