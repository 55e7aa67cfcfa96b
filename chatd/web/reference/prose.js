import { h } from "../app/element.js";

/** Text with blank lines between paragraphs, lists of `- ` lines, and `code`, as elements. */
export function prose(text) {
  return text.trim().split(/\n{2,}/).map((part) => (part.startsWith("- ") ? list(part) : h("p", {}, line(part))));
}

/** One line with `code`. */
export function line(text) {
  return text.split(/`([^`]+)`/).map((part, at) => (at % 2 ? h("code", {}, part) : part));
}

function list(text) {
  return h("ul", {}, text.split(/^- /m).filter(Boolean).map((item) => h("li", {}, line(item.trim()))));
}
