// More are not told at once after a cut.
const MOST = 1_000;

/** Which messages of a channel were told: all up to the last one when it was loaded, and then one by one, ascending. */
export class Heard {
  /** The last of them. */
  last = 0;

  #loadedTo = 0;
  /** @type {Set<number>} */
  #since = new Set();

  /** @param {number} messageId */
  restart(messageId) {
    this.last = this.#loadedTo = messageId;
    this.#since.clear();
  }

  /** @param {number} messageId */
  add(messageId) {
    this.last = messageId;
    this.#since.add(messageId);
    const [oldest] = this.#since;
    if (this.#since.size > MOST && this.#since.delete(oldest)) this.#loadedTo = oldest;
  }

  /**
   * One that was deleted before somebody came back was never told, though others after it were.
   * @param {number} messageId
   */
  has(messageId) {
    return messageId <= this.#loadedTo || this.#since.has(messageId);
  }
}
