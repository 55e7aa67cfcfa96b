import { Failure } from "./failure.js";
import { tellsProgress } from "./platform.js";
/** @import { Tokens } from "./tokens.js" */
/** @import { Posting, Upload, Uploading } from "./types.js" */

const PATH = "/client/v1/files";
const UNAUTHORIZED = 401;

/** Sends files to the server, before a message names them. */
export class Uploads {
  #origin;
  #tokens;

  /**
   * `origin` is the server's, as "https://chat.example.com".
   * @param {string} origin
   * @param {Tokens} tokens
   */
  constructor(origin, tokens) {
    this.#origin = origin;
    this.#tokens = tokens;
  }

  /**
   * The file_id of a file that is on the server's disk now. `progress(bytes)` is told how much of it has gone;
   * `signal` gives it up. Rejects with a Failure.
   * @param {Upload} file
   * @param {Uploading} [more]
   */
  async send(file, { progress = () => {}, signal } = {}) {
    const token = await this.#tokens.current();
    try {
      return await this.#post(file, token, progress, signal);
    } catch (/** @type {any} */ failure) {
      if (failure.status !== UNAUTHORIZED) throw failure;
      // It was too old: once more with a new one.
      return this.#post(file, await this.#tokens.renew(), progress, signal);
    }
  }

  /**
   * @param {Upload} file
   * @param {string} token
   * @param {string} token
   * @param {Posting["progress"]} progress
   * @param {AbortSignal | undefined} signal
   */
  async #post(file, token, progress, signal) {
    const { post } = await (tellsProgress() ? import("./upload_request.js") : import("./upload_stream.js"));
    const headers = { Authorization: `Bearer ${token}`, "Content-Type": file.type || "application/octet-stream" };
    const url = `${this.#origin}${PATH}?name=${encodeURIComponent(file.name || "file")}`;
    const { status, text } = await post(url, headers, file, { progress, signal });
    return fileId(status, text);
  }
}

/**
 * @param {number} status
 * @param {string} text
 */
function fileId(status, text) {
  const answer = parsed(text);
  if (status === 200 && answer?.file_id) return answer.file_id;
  const temporary = status >= 500 || status === 429;
  throw new Failure(answer?.message ?? "The file was not taken.", { code: answer?.code, status, temporary });
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
