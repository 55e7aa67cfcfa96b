import { isEmojiOnly } from "./emoji_only.js";
import { t } from "./language.js";

const DATA = new URL("../vendor/emojibase-data-17.0.0/compact.json", import.meta.url);
// By the numbers that groups have there; the missing one holds parts that are no emoji of their own.
const GROUPS = new Map([
  [0, t("Smileys")], [1, t("People")], [3, t("Animals and nature")], [4, t("Food and drink")], [5, t("Travel and places")],
  [6, t("Activities")], [7, t("Objects")], [8, t("Symbols")], [9, t("Flags")],
]);
const RECENT_KEY = "chatd.emoji";
const RECENT = 8;
const USUAL = ["👍", "❤️", "😂", "🎉", "😮", "😢", "🙏", "👀"];

// Emoji that are drawn as such anyway have a mark that asks for it; people and reactions leave it out.
const PLAIN = /^(\p{Emoji_Presentation})\uFE0F$/u;

let loading = null;

/** All emoji: [{unicode, label, words, group}], in the usual order. Loaded when first asked for. */
export function allEmoji() {
  loading ??= load().catch((failure) => {
    loading = null;
    throw failure;
  });
  return loading;
}

/** [name, emoji] of each group. */
export function groupsOf(emoji) {
  return [...GROUPS].map(([number, name]) => [name, emoji.filter(({ group }) => group === number)]);
}

/** The emoji that all words of a query begin a word of, those whose name begins with it first. */
export function searchEmoji(emoji, query) {
  const wanted = query.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ words }) => wanted.every((part) => words.some((word) => word.startsWith(part)));
  const rank = ({ label }) => (label.startsWith(wanted[0] ?? "") ? 0 : 1);
  return emoji.filter(fits).sort((a, b) => rank(a) - rank(b));
}

/** What this person has used last, filled up with what people usually use. */
export function recentEmoji() {
  const used = (localStorage.getItem(RECENT_KEY) ?? "").split(" ").filter(isEmojiOnly);
  return [...new Set([...used, ...USUAL])].slice(0, RECENT);
}

export function noteEmoji(emoji) {
  localStorage.setItem(RECENT_KEY, [...new Set([emoji, ...recentEmoji()])].slice(0, RECENT).join(" "));
}

async function load() {
  const answer = await fetch(DATA);
  if (!answer.ok) throw new Error(`emoji: ${answer.status}`);
  const entries = (await answer.json()).filter(({ group }) => GROUPS.has(group));
  return entries.map(({ unicode, label, tags = [], group }) => {
    const bare = unicode.replace(PLAIN, "$1");
    const parts = [label, ...tags].flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u));
    // "thumbsup" and "+1" are names too.
    const words = [...parts, ...tags, label.replaceAll(" ", "")];
    return { unicode: bare, label, words, group };
  });
}
