import { h } from "./element.js";

const URL_PATTERN = /\bhttps?:\/\/[^\s<>"]+/gi;
const EMOJI_ONLY = /^\p{RGI_Emoji}{1,3}$/v;

/** What a person wrote, as nodes: plain text, with web addresses as links. */
export function richText(text) {
  const nodes = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(URL_PATTERN)) {
    const address = withoutPunctuation(found);
    if (!URL.canParse(address)) continue;
    nodes.push(text.slice(end, index), link(address));
    end = index + address.length;
  }
  nodes.push(text.slice(end));
  return nodes;
}

/** One to three emoji and nothing else. */
export function isEmojiOnly(text) {
  return EMOJI_ONLY.test(text.trim());
}

function link(address) {
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, address);
}

/** The sentence around an address ends after it: its last dots and brackets are not part of it. */
function withoutPunctuation(found) {
  let address = found.replace(/[.,;:!?'*_~]+$/, "");
  while (address.endsWith(")") && !address.includes("(")) address = address.slice(0, -1).replace(/[.,;:!?]+$/, "");
  return address;
}
