import { appearance } from "./appearance.js";
import { h } from "./element.js";
import { t } from "./language.js";
import { languageRows } from "./language_choice.js";

const NAMES = { system: t("System"), light: t("Light"), dark: t("Dark") };

/** What the page looks like in this browser, and its language. */
export function appearancePage({ chat }) {
  const theme = h("fieldset", { class: "theme-choices" }, h("legend", { class: "label" }, t("Theme")), appearance.choices.map(choice));
  const language = h("section", { class: "settings-part" }, h("h3", { class: "label" }, t("Language")), h("div", { role: "group", "aria-label": t("Language") }, languageRows((tag) => chat.profile.preferLanguages([tag]))));
  return { node: h("div", { class: "settings-parts" }, theme, language), close: () => {} };
}

function choice(name) {
  const input = h("input", { type: "radio", name: "appearance", value: name, checked: appearance.chosen === name, onchange: () => appearance.choose(name) });
  return h("label", { class: `theme-choice ${name}` }, h("span", { class: "theme-picture", "aria-hidden": "true" }, h("i"), h("i"), h("i")), h("span", {}, input, NAMES[name]));
}
