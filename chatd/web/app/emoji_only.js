const EMOJI_ONLY = /^\p{RGI_Emoji}{1,3}$/v;

/** One to three emoji and nothing else. */
export function isEmojiOnly(text) {
  return EMOJI_ONLY.test(text.trim());
}
