/** @import { Connection } from "./connection.js" */
/** @import { Timer } from "./timers.js" */
/** @import { MessageMark } from "./types.js" */

const PAUSE_MS = 400;

/** What this person has read is told to the server soon, the last of several marks of a channel only. */
export class ReadMarks {
  #connection;
  /** @type {Map<string, { message: MessageMark, timer: Timer }>} */
  #waiting = new Map();

  /** @param {Connection} connection */
  constructor(connection) {
    this.#connection = connection;
  }

  /**
   * @param {{ url: string }} channel
   * @param {MessageMark} message
   */
  mark({ url }, message) {
    const waiting = this.#waiting.get(url);
    if (waiting) {
      waiting.message = message;
      return;
    }
    this.#waiting.set(url, { message, timer: this.#connection.timers.after(PAUSE_MS, () => this.#send(url)) });
  }

  /** @param {{ url: string }} channel */
  cancel({ url }) {
    this.#connection.timers.cancel(this.#waiting.get(url)?.timer);
    this.#waiting.delete(url);
  }

  /** @param {string} url */
  async #send(url) {
    const message = this.#waiting.get(url)?.message;
    if (!message) return;
    try {
      await this.#connection.call("channels.mark_read", { channel_url: url, message_id: message.message_id });
    } catch (/** @type {any} */ failure) {
      // The message may be gone, or the connection: whoever looks at the channel marks it again.
      console.info("read mark not set:", failure.message);
    } finally {
      this.#waiting.delete(url);
    }
  }
}
