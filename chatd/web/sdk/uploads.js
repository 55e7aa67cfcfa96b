import { Failure } from "./failure.js";

const PATH = "/client/v1/files";
// A piece of a file that does not arrive within so long means that the connection is gone.
const SILENT_MS = 30_000;

/** Sends files to the server, before a message names them. */
export class Uploads {
  #origin;
  #getToken;
  #token = null;

  /** `origin` is the server's, as "https://chat.example.com"; `getToken` as for a Chat. */
  constructor(origin, getToken) {
    this.#origin = origin;
    this.#getToken = getToken;
  }

  /**
   * The file_id of a file that is on the server's disk now. `progress(bytes)` is told how much of it has gone;
   * `signal` gives it up. Rejects with a Failure.
   */
  async send(file, { progress = () => {}, signal } = {}) {
    this.#token ??= await this.#getToken();
    try {
      return await this.#post(file, progress, signal);
    } catch (failure) {
      if (failure.status !== 401) throw failure;
      // It was too old: once more with a new one.
      this.#token = await this.#getToken();
      return this.#post(file, progress, signal);
    }
  }

  /** Only this kind of request tells how far it is. */
  #post(file, progress, signal) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      let watch = 0;
      const alive = () => {
        clearTimeout(watch);
        watch = setTimeout(() => request.abort(), SILENT_MS);
      };
      const finish = (settle) => () => {
        clearTimeout(watch);
        signal?.removeEventListener("abort", abort);
        settle();
      };
      const abort = () => request.abort();
      request.open("POST", `${this.#origin}${PATH}?name=${encodeURIComponent(file.name || "file")}`);
      request.setRequestHeader("Authorization", `Bearer ${this.#token}`);
      request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
      request.upload.addEventListener("progress", ({ loaded }) => {
        alive();
        progress(loaded);
      });
      request.addEventListener("load", finish(() => settle(request, resolve, reject)));
      request.addEventListener("error", finish(() => reject(lost())));
      request.addEventListener("abort", finish(() => reject(signal?.aborted ? new Failure("Given up.") : lost())));
      signal?.addEventListener("abort", abort);
      alive();
      request.send(file);
    });
  }
}

function settle(request, resolve, reject) {
  const answer = parsed(request.responseText);
  if (request.status === 200 && answer?.file_id) return resolve(answer.file_id);
  const temporary = request.status >= 500 || request.status === 429;
  reject(new Failure(answer?.message ?? "The file was not taken.", { code: answer?.code, status: request.status, temporary }));
}

function lost() {
  return new Failure("The server cannot be reached.", { temporary: true });
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
