import { isEmojiOnly } from "./emoji_only.js";
import { language, t } from "./language.js";

const DATA = "../vendor/emojibase-data-17.0.0";
// Those of the page's languages in which the data has words, beside English.
const WORDED = ["de", "es", "ja", "ko"];
// These stand without blanks between words, so that any part of them may be meant.
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
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

/** The emoji that all words of a query begin a word of, in the page's language or English; those whose name begins with it first. */
export function searchEmoji(emoji, query) {
  const wanted = plain(query).split(/\s+/).filter(Boolean);
  const begins = (word, part) => word.startsWith(part) || (UNSPACED.test(part) && word.includes(part));
  const fits = ({ words }) => wanted.every((part) => words.some((word) => begins(word, part)));
  const rank = ({ label }) => (plain(label).startsWith(wanted[0] ?? "") ? 0 : 1);
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
  const [english, own] = await Promise.all([fetched(""), WORDED.includes(language) ? fetched(`/${language}`) : []]);
  const named = new Map(own.map((entry) => [entry.hexcode, entry]));
  return english.filter(({ group }) => GROUPS.has(group)).map((entry) => {
    const { label } = named.get(entry.hexcode) ?? entry;
    const words = [named.get(entry.hexcode), entry].flatMap((each) => (each ? wordsOf(each) : []));
    return { unicode: entry.unicode.replace(PLAIN, "$1"), label, words, group: entry.group };
  });
}

async function fetched(folder) {
  const answer = await fetch(new URL(`${DATA}${folder}/compact.json`, import.meta.url));
  if (!answer.ok) throw new Error(`emoji: ${answer.status}`);
  return answer.json();
}

function wordsOf({ label, tags = [] }) {
  const parts = [label, ...tags].flatMap((text) => text.split(/[^\p{L}\p{N}]+/u));
  // "thumbsup" and "+1" are names too.
  return [...parts, ...tags, label.replaceAll(" ", "")].map(plain);
}

/** In small letters, without accents; Hangul stays in its syllables. */
function plain(text) {
  return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").normalize("NFC");
}
