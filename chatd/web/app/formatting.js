import { replaceText } from "./field_text.js";

const FENCE = "```";

/** Put the selected text of a field between two marks, or take them away; lines of code get fences. */
export function toggleMark(field, mark) {
  const { value } = field;
  const [start, end] = selectedWords(field);
  const text = value.slice(start, end);
  const size = mark.length;
  if (mark === "`" && text.includes("\n")) return replace(field, start, end, `${FENCE}\n${text}\n${FENCE}`, FENCE.length + 1, text.length);
  if (value.slice(start - size, start) === mark && value.slice(end, end + size) === mark) {
    return replace(field, start - size, end + size, text, 0, text.length);
  }
  if (text.length >= 2 * size && text.startsWith(mark) && text.endsWith(mark)) {
    return replace(field, start, end, text.slice(size, -size), 0, text.length - 2 * size);
  }
  return replace(field, start, end, mark + text + mark, size, text.length);
}

/** Make the selected text of a field the words of a link. */
export function makeLink(field, address) {
  const { selectionStart, selectionEnd, value } = field;
  const words = value.slice(selectionStart, selectionEnd).replace(/[[\]\\]/g, "\\$&");
  const target = address.replace(/[()]/g, (sign) => (sign === "(" ? "%28" : "%29"));
  const link = `[${words}](${target})`;
  replace(field, selectionStart, selectionEnd, link, link.length, 0);
}

/** A text as a quotation, line by line. */
export function quotation(text) {
  return `${text.trimEnd().replace(/^/gm, "> ")}\n\n`;
}

/** Marks do not work around spaces: where the selection begins and ends without them. */
function selectedWords({ value, selectionStart, selectionEnd }) {
  const text = value.slice(selectionStart, selectionEnd);
  if (text.trim() === "") return [selectionStart, selectionEnd];
  return [selectionStart + text.length - text.trimStart().length, selectionEnd - text.length + text.trimEnd().length];
}

/** `from` and `length` say what of the new text is selected then. */
function replace(field, start, end, text, from, length) {
  replaceText(field, start, end, text);
  field.setSelectionRange(start + from, start + from + length);
}
