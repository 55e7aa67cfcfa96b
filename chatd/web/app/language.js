/** The language that the page is in, as `first_paint.js` has found it, and the reader's own tag of it, with a region if they have one. */
export const { lang: language } = document.documentElement;
export const locale = navigator.languages.find((tag) => tag.split("-")[0] === language) ?? language;

/** The texts in this language by the English ones; empty while that is English. */
const catalogue = language === "en" ? {} : await load();
const plurals = new Intl.PluralRules(language);
const numbers = new Intl.NumberFormat(locale);
const lists = new Intl.ListFormat(locale, { type: "conjunction" });

// What runs in the other direction than the page would drag what stands beside it along.
const ISOLATED = document.documentElement.dir === "rtl" ? /\S/u : /[\p{Script=Arabic}\p{Script=Hebrew}]/u;

/** The arrow keys along a line of text. */
export const [backward, forward] = document.documentElement.dir === "rtl" ? ["ArrowRight", "ArrowLeft"] : ["ArrowLeft", "ArrowRight"];

/** A text in the reader's language. The English text is its key in the catalogues; `{name}` in it stands for `values.name`. */
export function t(text, values = {}) {
  return filled(catalogue[text] ?? text, values);
}

/** A text that depends on a number, `{count}` in it: the key in the catalogues is the one for many, with a form per plural rule. */
export function counted(count, one, many, values = {}) {
  const forms = catalogue[many] ?? { one, other: many };
  const form = forms[plurals.select(count)] ?? forms.other;
  return filled(form, { ...values, count: numbers.format(count) });
}

/** What the server or the SDK says, such as why something failed: in the reader's language where the catalogue has it. */
export function told(text) {
  return catalogue[text] ?? text;
}

/** "Ana, Ben and Chi". */
export function listed(names) {
  return lists.format(names.map(isolated));
}

export function number(value) {
  return numbers.format(value);
}

/** A text of somebody, to stand in a text of ours whichever direction it runs in. */
function isolated(text) {
  return ISOLATED.test(text) ? `\u2068${text}\u2069` : text;
}

function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? isolated(String(values[name])) : whole));
}

/** Without its catalogue the page is in English, and says so. */
async function load() {
  try {
    const answer = await fetch(new URL(`../languages/${language}.json`, import.meta.url));
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    return await answer.json();
  } catch (failure) {
    console.warn("catalogue not loaded:", failure.message);
    Object.assign(document.documentElement, { lang: "en", dir: "ltr" });
    return {};
  }
}
