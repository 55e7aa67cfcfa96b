/** The texts of the reader's language by the English ones; empty while that is English. */
const catalogue = {};

/** A text in the reader's language. The English text is its key in the catalogues; `{name}` in it stands for `values.name`. */
export function t(text, values = {}) {
  return filled(catalogue[text] ?? text, values);
}

/** A text that depends on a number, `{count}` in it: the key in the catalogues is the one for many, with a form per plural rule. */
export function counted(count, one, many, values = {}) {
  const forms = catalogue[many] ?? { one, other: many };
  const form = forms[new Intl.PluralRules(document.documentElement.lang).select(count)] ?? forms.other;
  return filled(form, { ...values, count: count.toLocaleString(document.documentElement.lang) });
}

function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}
