import { canceled, unreachable } from "./failure.js";
/** @import { Timer } from "./timers.js" */
/** @import { Posted, Posting, Upload } from "./types.js" */

// A piece of a file that does not arrive within so long means that the connection is gone.
const SILENT_MS = 30_000;

/**
 * Send a file by a request that tells how much of it has gone; resolves to {status, text}. Rejects with a Failure.
 * @param {string} url
 * @param {Record<string, string>} headers
 * @param {Upload} file
 * @param {Posting} more
 * @returns {Promise<Posted>}
 */
export function post(url, headers, file, { progress, signal }) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    /** @type {Timer | undefined} */
    let watch;
    const alive = () => {
      clearTimeout(watch);
      watch = setTimeout(() => request.abort(), SILENT_MS);
    };
    const finish = (/** @type {() => void} */ settle) => () => {
      clearTimeout(watch);
      signal?.removeEventListener("abort", abort);
      settle();
    };
    const abort = () => request.abort();
    request.open("POST", url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", ({ loaded }) => {
      alive();
      progress(loaded);
    });
    request.addEventListener("load", finish(() => resolve({ status: request.status, text: request.responseText })));
    request.addEventListener("error", finish(() => reject(unreachable())));
    request.addEventListener("abort", finish(() => reject(signal?.aborted ? canceled() : unreachable())));
    if (signal?.aborted) return reject(canceled());
    signal?.addEventListener("abort", abort);
    alive();
    // What React Native has for a file is none of these.
    request.send(/** @type {Blob} */ (file));
  });
}
