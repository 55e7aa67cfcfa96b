/** @import { Connection } from "./connection.js" */
/** @import { Timer } from "./timers.js" */
/** @import { MessageMark } from "./types.js" */

const PAUSE_MS = 400;
const RETRY_MS = 2_000;

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
    const mark = this.#waiting.get(url);
    if (!mark) return;
    const { message } = mark;
    const isDone = await this.#tell(url, message);
    // It may be another one by now, or none.
    if (this.#waiting.get(url) !== mark) return;
    if (isDone && mark.message === message) this.#waiting.delete(url);
    else mark.timer = this.#connection.timers.after(isDone ? PAUSE_MS : RETRY_MS, () => this.#send(url));
  }

  /**
   * False when it is to be told once more.
   * @param {string} url
   * @param {MessageMark} message
   */
  async #tell(url, message) {
    try {
      await this.#connection.call("channels.mark_read", { channel_url: url, message_id: message.message_id });
      return true;
    } catch (/** @type {any} */ failure) {
      // The message may be gone: whoever looks at the channel marks another one.
      console.info("read mark not set:", failure.message);
      return !failure.temporary;
    }
  }
}
