/** A text without what people leave out when they type in a hurry: accents and capitals. */
export function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}

/**
 * How well what was typed fits a text: a number, the higher the better, or null when it does not fit at all.
 *
 * Every word that was typed has to be there: best at the beginning of the text, then of a word in it, then within one, and
 * at last as letters in this order.
 */
export function fit(typed, text) {
  const words = plain(typed).trim().split(/\s+/).filter(Boolean);
  const whole = plain(text);
  let sum = 0;
  for (const word of words) {
    const found = fitOfWord(word, whole);
    if (found === null) return null;
    sum += found;
  }
  // Of two that fit as well the shorter one was meant.
  return sum - whole.length / 1000;
}

function fitOfWord(word, whole) {
  if (whole.startsWith(word)) return 100;
  const at = whole.indexOf(word);
  if (at > 0 && startsWord(whole, at)) return 80;
  if (whole.split(/[\s\-_.]+/).some((each) => each.startsWith(word))) return 80;
  if (at >= 0) return 50;
  return scattered(word, whole);
}

/** The letters of a word in their order, each the better at the beginning of a word or right after the one before. */
function scattered(word, whole) {
  let place = -1;
  let sum = 0;
  for (const letter of word) {
    const next = whole.indexOf(letter, place + 1);
    if (next < 0) return null;
    sum += startsWord(whole, next) || next === place + 1 ? 1 : 0;
    place = next;
  }
  // Letters here and there are in every longer text: at least half of them have to mean something.
  return sum * 2 >= word.length ? (20 * sum) / word.length : null;
}

function startsWord(text, at) {
  return at === 0 || /[\s\-_.]/.test(text[at - 1]);
}
