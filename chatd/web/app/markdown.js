import { Marked } from "../vendor/marked-18.2.1/marked.esm.js";
import { copyText } from "./clipboard.js";
import { h } from "./element.js";
import { iconButton } from "./icon.js";
import { t } from "./language.js";
import { toast } from "./toast.js";

const SAFE = new Set(["http:", "https:", "mailto:"]);
// Deeper than anybody quotes by hand; each level costs a level of the stack.
const MAX_DEPTH = 40;

// What people do not mean when they chat: HTML, lines of dashes below a text, indented code, hidden definitions.
const nothing = () => undefined;
const NOT_MEANT = { html: nothing, tag: nothing, lheading: nothing, code: nothing, def: nothing };

const mention = {
  name: "mention",
  level: "inline",
  start: (text) => text.search(/(?<![\p{L}\p{N}_])@/u),
  tokenizer(text, before) {
    const isWithinWord = /[\p{L}\p{N}_]$/u.test(before.at(-1)?.raw ?? "");
    const found = !isWithinWord && text.startsWith("@") && this.lexer.options.mentions?.at(text);
    return found ? { type: "mention", ...found } : undefined;
  },
};

const parser = new Marked({ gfm: true, breaks: true, tokenizer: NOT_MEANT, extensions: [mention] });

/**
 * What a person wrote, as nodes: GitHub's Markdown without HTML and images. No markup is ever parsed as HTML.
 * `mentions`: see mentions.js.
 */
export function markdown(text, mentions = null) {
  try {
    return blocks(parser.lexer(text, { ...parser.defaults, mentions }), 0);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [h("p", {}, text)];
  }
}

const BLOCK = {
  space: () => [],
  hr: () => h("hr"),
  code: ({ text, lang }) => codeBlock(text, lang ?? ""),
  heading: ({ tokens }, depth) => h("p", { class: "heading" }, inline(tokens, depth)),
  paragraph: ({ tokens }, depth) => h("p", {}, inline(tokens, depth)),
  text: ({ tokens, text }, depth) => (tokens ? inline(tokens, depth) : text),
  checkbox: ({ checked }) => checkbox(checked),
  blockquote: ({ tokens }, depth) => h("blockquote", {}, blocks(tokens, depth)),
  list: (list, depth) => listOf(list, depth),
  table: (table, depth) => tableOf(table, depth),
};

const INLINE = {
  escape: ({ text }) => text,
  text: ({ tokens, text }, depth) => (tokens ? inline(tokens, depth) : text),
  br: () => h("br"),
  codespan: ({ text }) => h("code", {}, text),
  strong: ({ tokens }, depth) => h("strong", {}, inline(tokens, depth)),
  em: ({ tokens }, depth) => h("em", {}, inline(tokens, depth)),
  del: ({ tokens }, depth) => h("s", {}, inline(tokens, depth)),
  link: ({ href, tokens, raw }, depth) => link(href, inline(tokens, depth), raw),
  image: ({ href, text, raw }) => link(href, text || href, raw),
  checkbox: ({ checked }) => checkbox(checked),
  mention: ({ name, userId, isOwn }) => h("span", { class: isOwn ? "mention own-mention" : "mention", title: `@${userId}` }, `@${name}`),
};

function blocks(tokens, depth) {
  return nodes(BLOCK, tokens, depth);
}

function inline(tokens, depth) {
  return nodes(INLINE, tokens, depth);
}

/** Whatever is not known, or too deep, is shown as it was written. */
function nodes(makers, tokens, depth) {
  return tokens.map((token) => (depth < MAX_DEPTH && makers[token.type]?.(token, depth + 1)) ?? token.raw);
}

function listOf({ ordered, start, items }, depth) {
  const entries = items.map(({ tokens, task }) => h("li", { class: task && "task" }, blocks(tokens, depth)));
  return ordered ? h("ol", { start: start === 1 ? null : start }, entries) : h("ul", {}, entries);
}

function tableOf({ header, rows }, depth) {
  const cells = (tag, row) => h("tr", {}, row.map(({ tokens, align }) => h(tag, { class: align }, inline(tokens, depth))));
  const table = h("table", {}, h("thead", {}, cells("th", header)), h("tbody", {}, rows.map((row) => cells("td", row))));
  return h("div", { class: "table", tabindex: "0", role: "group", "aria-label": t("Table") }, table);
}

function checkbox(checked) {
  return h("input", { type: "checkbox", disabled: true, checked, "aria-label": checked ? t("Done") : t("Not done") });
}

function codeBlock(text, language) {
  const copy = async () => {
    await copyText(text);
    toast(t("Copied"));
  };
  const name = language.split(/\s/)[0].slice(0, 24);
  const head = h("div", { class: "code-head" }, h("span", {}, name), iconButton("copy", t("Copy code"), copy));
  return h("div", { class: "code", dir: "ltr" }, head, h("pre", { tabindex: "0", "aria-label": t("Code") }, h("code", {}, text)));
}

/** A link to where it says; what leads to a script, a file or nowhere stays text. */
function link(href, content, raw) {
  if (!URL.canParse(href) || !SAFE.has(new URL(href).protocol)) return raw;
  return h("a", { href, target: "_blank", rel: "noopener noreferrer" }, content);
}
