/** @import { Tokens } from "./tokens.js" */
/** @import { Sender } from "./types.js" */

/**
 * Files: `send` is as that of Uploads, which is loaded with the first of them; `urlOf` says where a file of a message is.
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
  return {
    send: async (file, more) => (await load()).send(file, more),
    urlOf: ({ url }) => (url.startsWith("/") ? origin + url : url),
  };
}
