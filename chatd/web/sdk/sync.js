import { Failure } from "./failure.js";
import { Signal } from "./signal.js";
/** @import { Connection } from "./connection.js" */
/** @import { Timer } from "./timers.js" */

const RELOAD_MS = 2_000;
const UNAUTHORIZED = 401;

/** Whether what is shown is in step with the server. When it may not be, it is loaded; what fails is tried again. */
export class Sync {
  isBehind = true;
  /** What was kept here is shown, and has only to go on from where it was. */
  isKept = false;

  #connection;
  #load;
  #runs = 0;
  /** @type {Timer | undefined} */
  #timer;
  /**
   * (failure or null): it is in step, or never will be.
   * @type {Signal<[Failure | null]>}
   */
  #settled = new Signal();

  /**
   * `load()` loads everything that is in view.
   * @param {Connection} connection
   * @param {() => Promise<unknown>} load
   */
  constructor(connection, load) {
    this.#connection = connection;
    this.#load = load;
    connection.ended.listen(() => this.#settled.emit(new Failure("The person is signed out.", { status: UNAUTHORIZED })));
  }

  /**
   * Resolves when it is in step. Rejects with a Failure when it never will be.
   * @returns {Promise<void>}
   */
  reached() {
    if (!this.isBehind) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const end = this.#settled.listen((failure) => {
        end();
        if (failure) reject(failure);
        else resolve();
      });
    });
  }

  /**
   * The stream is there; `isWhole` when nothing of it was missed.
   * @param {boolean} isWhole
   */
  streams(isWhole) {
    if (!isWhole) this.#fallBehind();
    if (this.isBehind) this.#catchUp();
  }

  /** Something could not be loaded. */
  failed() {
    this.#fallBehind();
    this.#timer ??= this.#connection.timers.after(RELOAD_MS, () => {
      this.#timer = undefined;
      if (this.#connection.state === "connected") this.#catchUp();
    });
  }

  close() {
    this.#runs += 1;
    this.#settled.emit(new Failure("The chat was closed."));
  }

  async #catchUp() {
    const run = ++this.#runs;
    this.#connection.timers.cancel(this.#timer);
    this.#timer = undefined;
    try {
      await this.#load();
    } catch {
      if (run === this.#runs) this.failed();
      return;
    }
    // One that was begun later knows of a gap that this one may not have seen.
    if (run !== this.#runs) return;
    this.isBehind = false;
    this.#settled.emit(null);
  }

  #fallBehind() {
    this.isBehind = true;
    this.isKept = false;
  }
}
