import { persist } from "./persist.js";
/** @import { Connection } from "./connection.js" */
/** @import { Timer } from "./timers.js" */

const PAUSE_MS = 500;

/** Loads something anew, once for all that happens within a moment: only the server can tell what it is now. */
export class Reload {
  #connection;
  #load;
  /** @type {Timer | undefined} */
  #timer;

  /**
   * @param {Connection} connection
   * @param {() => Promise<unknown>} load
   */
  constructor(connection, load) {
    this.#connection = connection;
    this.#load = load;
  }

  soon() {
    this.#timer ??= this.#connection.timers.after(PAUSE_MS, () => {
      this.#timer = undefined;
      persist(this.#connection, this.#load).catch((failure) => console.info("not loaded:", failure.message));
    });
  }
}
