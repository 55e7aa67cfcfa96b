/** @import { Tokens } from "./tokens.js" */
/** @import { Sender } from "./types.js" */

/**
 * What sends files is loaded with the first of them.
 * @param {string} origin
 * @param {Tokens} tokens
 * @returns {Sender}
 */
export function uploadsOf(origin, tokens) {
  /** @type {import("./uploads.js").Uploads | null} */
  let uploads = null;
  const load = async () => {
    const { Uploads } = await import("./uploads.js");
    return (uploads ??= new Uploads(origin, tokens));
  };
  return { send: async (file, more) => (await load()).send(file, more) };
}
