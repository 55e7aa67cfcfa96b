import { canceled, unreachable } from "./failure.js";
/** @import { Timer } from "./timers.js" */
/** @import { Posted, Posting, Upload } from "./types.js" */

// A piece of a file that is not read within so long means that the connection is gone.
const SILENT_MS = 30_000;

/**
 * Send a file as a stream, where requests do not tell how much has gone: what is read of it counts. As `upload_request.js`.
 * @param {string} url
 * @param {Record<string, string>} headers
 * @param {Upload} file
 * @param {Posting} more
 * @returns {Promise<Posted>}
 */
export async function post(url, headers, file, { progress, signal }) {
  const ending = new AbortController();
  const end = () => ending.abort();
  /** @type {Timer | undefined} */
  let watch;
  const alive = () => {
    clearTimeout(watch);
    watch = setTimeout(end, SILENT_MS);
  };
  let sent = 0;
  const counted = new TransformStream({
    transform(piece, sink) {
      alive();
      progress((sent += piece.byteLength));
      sink.enqueue(piece);
    },
  });
  if (signal?.aborted) throw canceled();
  signal?.addEventListener("abort", end);
  alive();
  try {
    const body = /** @type {Blob} */ (file).stream().pipeThrough(counted);
    // A body that is a stream has to say so; what browsers know of requests does not have it.
    const request = { method: "POST", headers, body, duplex: "half", signal: ending.signal };
    const response = await fetch(url, request);
    return { status: response.status, text: await response.text() };
  } catch {
    throw signal?.aborted ? canceled() : unreachable();
  } finally {
    clearTimeout(watch);
    signal?.removeEventListener("abort", end);
  }
}
