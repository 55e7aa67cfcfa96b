/** @import { Connection } from "./connection.js" */
/** @import { Timer } from "./timers.js" */
/** @import { Marked } from "./types.js" */

// A writer repeats the notice while writing; who is not heard for longer has stopped or gone.
const REPEAT_MS = 3_000;
const FORGET_MS = 7_000;

/** Who is writing in a channel right now. */
export class Typists {
  /** @type {Map<string, string>} */
  #names = new Map();
  /** @type {Map<string, Timer>} */
  #timers = new Map();
  #changed;

  /** @param {Marked} changed */
  constructor(changed) {
    this.#changed = changed;
  }

  get names() {
    return [...this.#names.values()];
  }

  /**
   * @param {string} userId
   * @param {string} nickname
   */
  add(userId, nickname) {
    clearTimeout(this.#timers.get(userId));
    this.#timers.set(userId, setTimeout(() => this.remove(userId), FORGET_MS));
    this.#names.set(userId, nickname);
    this.#changed.mark();
  }

  clear() {
    [...this.#names.keys()].forEach((userId) => this.remove(userId));
  }

  /** @param {string} userId */
  remove(userId) {
    clearTimeout(this.#timers.get(userId));
    this.#timers.delete(userId);
    if (this.#names.delete(userId)) this.#changed.mark();
  }
}

/** Tells a channel that this person is writing: seldom enough to be no burden. */
export class TypingNotice {
  #connection;
  #url;
  #saidAt = 0;

  /**
   * @param {Connection} connection
   * @param {string} url
   */
  constructor(connection, url) {
    this.#connection = connection;
    this.#url = url;
  }

  began() {
    if (Date.now() - this.#saidAt < REPEAT_MS) return;
    this.#saidAt = Date.now();
    this.#say(true);
  }

  stopped() {
    if (this.#saidAt === 0) return;
    this.#saidAt = 0;
    this.#say(false);
  }

  /**
   * A notice that does not arrive is no loss: the next one will.
   * @param {boolean} typing
   */
  #say(typing) {
    if (this.#connection.state !== "connected") return;
    this.#connection.call("channels.typing", { channel_url: this.#url, typing }).catch(() => {});
  }
}
