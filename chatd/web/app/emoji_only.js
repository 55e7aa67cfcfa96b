const EMOJI_ONLY = /^\p{RGI_Emoji}{1,3}$/v;
// What is in every emoji, to know at once of most texts: the pattern above is long, so browsers make it when it is first needed.
const SIGN = /[\p{Extended_Pictographic}\p{Emoji_Presentation}\u20e3]/u;

/** One to three emoji and nothing else. */
export function isEmojiOnly(text) {
  return SIGN.test(text) && EMOJI_ONLY.test(text.trim());
}
