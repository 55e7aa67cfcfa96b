import { h } from "./element.js";
import { icon } from "./icon.js";
import { language, t } from "./language.js";
import { later } from "./later.js";

const KEY = "chatd.language";
// Each in itself: whoever looks for theirs may read no other. `first_paint.js` reads the same key.
const NAMES = { en: "English", es: "Español", de: "Deutsch", ko: "한국어", ja: "日本語", ar: "العربية" };

/** What the page's language is called, in itself. */
export const languageName = NAMES[language];

/** A button for each language: the page begins anew in it. `kept(tag)`, which may be asynchronous, keeps it elsewhere too. */
export function languageRows(kept = () => {}) {
  const choose = async (tag) => {
    localStorage.setItem(KEY, tag);
    await Promise.resolve(kept(tag)).catch((failure) => console.info("language kept only here:", failure.message));
    location.reload();
  };
  return Object.entries(NAMES).map(([tag, name]) => row(tag, name, choose));
}

/** Choose another language for this browser; `kept` as above. */
export function openLanguages(kept) {
  const choices = h("div", { class: "choices", role: "group", "aria-label": t("Language") }, languageRows(kept));
  later(() => import("./dialog.js"), ({ openDialog }) => openDialog(t("Language"), choices));
}

/** In a browser where nobody has chosen a language, a person's own is taken over. */
export function followLanguages({ preferred_languages: preferred = [] }) {
  if (localStorage.getItem(KEY) !== null) return;
  const tag = preferred.map((each) => each.split("-")[0]).find((each) => each in NAMES);
  if (!tag || tag === language) return;
  localStorage.setItem(KEY, tag);
  location.reload();
}

function row(tag, name, choose) {
  const attributes = { type: "button", class: "row-button", lang: tag, "aria-pressed": String(tag === language), onclick: () => choose(tag) };
  return h("button", attributes, h("span", { class: "choice-name" }, name), tag === language && icon("check"));
}
