import { Outgoing } from "./outgoing.js";
/** @import { Connection } from "./connection.js" */
/** @import { Failure } from "./failure.js" */
/** @import { Keeper } from "./keeper.js" */
/** @import { Timer } from "./timers.js" */
/** @import { KeptOutgoing, Marked, Message, SendMore, Sender, Target, Upload } from "./types.js" */

const RETRY_MS = [500, 1_000, 2_000, 4_000, 8_000];

/**
 * Messages to one channel that the server has not acknowledged, sent one after the other so that they keep their order;
 * one whose files are still on their way holds up no other.
 *
 * Each carries its request id: one that is sent again after a lost answer is not there twice. While the connection is
 * away they wait; what the server refuses stays as failed until the person decides. They outlive the page, but for large files.
 */
export class Outbox {
  /**
   * Oldest first.
   * @type {Outgoing[]}
   */
  items = [];

  #keeper;
  #connection;
  #uploads;
  #target;
  #changed;
  #accepted;
  #busy = false;
  /** @type {Timer | undefined} */
  #timer;

  /**
   * `target`: the parameters that say where to. `accepted(message)` is called with what the server made of each. `keeper`: see Keeper.
   * @param {Connection} connection
   * @param {Sender} uploads
   * @param {Target} target
   * @param {{ changed: Marked, accepted: (message: Message) => Promise<void>, keeper: Keeper }} more
   */
  constructor(connection, uploads, target, { changed, accepted, keeper }) {
    this.#keeper = keeper;
    this.#connection = connection;
    this.#uploads = uploads;
    this.#target = target;
    this.#changed = changed;
    this.#accepted = accepted;
  }

  /**
   * A text, files of the browser, or both. `more`: further parameters of `messages.send`.
   * @param {string} text
   * @param {Upload[]} [files]
   * @param {SendMore} [more]
   */
  add(text, files = [], more = {}) {
    this.#begin(new Outgoing(text, files, more));
  }

  /**
   * Try a failed one again, at the end of the line.
   * @param {Outgoing} outgoing
   */
  retry(outgoing) {
    this.#remove(outgoing);
    Object.assign(outgoing, { failed: false, reason: "", attempts: 0 });
    this.#begin(outgoing);
  }

  /**
   * Take over what was written before the page was loaded anew.
   * @param {KeptOutgoing} kept
   */
  restore(kept) {
    if (this.items.some(({ reqId }) => reqId === kept.reqId)) return;
    this.#line(Outgoing.restored(kept));
  }

  /** @param {Outgoing} outgoing */
  discard(outgoing) {
    this.#remove(outgoing);
    outgoing.end();
    this.#changed.mark();
  }

  /**
   * Whether a message is on its way still.
   * @param {Message} message
   */
  has({ req_id }) {
    return this.items.some(({ reqId }) => reqId === req_id);
  }

  /**
   * The stream brought a message of this person: it may be one of these, before its answer came.
   * @param {Message} message
   */
  settle(message) {
    const found = this.items.find((outgoing) => outgoing.reqId === message.req_id);
    if (!found) return;
    this.#remove(found);
    found.end();
  }

  /** Send what waits. Called when something was added and when the connection is back. */
  async flush() {
    this.#changed.mark();
    if (this.#busy) return;
    this.#busy = true;
    this.#connection.timers.cancel(this.#timer);
    try {
      for (let next = this.#next(); next; next = this.#next()) {
        if (!(await this.#send(next))) break;
      }
    } finally {
      this.#busy = false;
      this.#changed.mark();
    }
  }

  /** @param {Outgoing} outgoing */
  #begin(outgoing) {
    this.#keep(outgoing);
    this.#line(outgoing);
  }

  /**
   * To the end of the line; its files go at once.
   * @param {Outgoing} outgoing
   */
  #line(outgoing) {
    this.items.push(outgoing);
    if (!outgoing.isReady && !outgoing.failed) this.#upload(outgoing);
    this.flush();
  }

  /** @param {Outgoing} outgoing */
  async #upload(outgoing) {
    try {
      await outgoing.upload(this.#uploads, this.#changed);
      this.flush();
    } catch (/** @type {any} */ failure) {
      if (!this.items.includes(outgoing)) return;
      if (this.#waits(outgoing, failure)) this.#later(outgoing, () => this.#upload(outgoing));
      else this.#fail(outgoing, failure);
    }
  }

  #next() {
    return this.items.find((outgoing) => !outgoing.failed && outgoing.isReady);
  }

  /**
   * False when it is no use to go on now.
   * @param {Outgoing} outgoing
   */
  async #send(outgoing) {
    if (this.#connection.state !== "connected") return false;
    try {
      const params = { ...this.#target, req_id: outgoing.reqId, ...outgoing.content };
      await this.#accepted(await this.#connection.call("messages.send", params));
      return true;
    } catch (/** @type {any} */ failure) {
      return this.#refused(outgoing, failure);
    }
  }

  /**
   * @param {Outgoing} outgoing
   * @param {Failure} failure
   */
  #refused(outgoing, failure) {
    if (!this.items.includes(outgoing)) return true;
    if (this.#waits(outgoing, failure)) {
      this.#timer = this.#later(outgoing, () => this.flush());
      return false;
    }
    this.#fail(outgoing, failure);
    return true;
  }

  /**
   * Whether it is to be tried once more.
   * @param {Outgoing} outgoing
   * @param {Failure} failure
   */
  #waits(outgoing, failure) {
    return failure.temporary && outgoing.attempts++ < RETRY_MS.length;
  }

  /**
   * @param {Outgoing} outgoing
   * @param {() => void} work
   */
  #later({ attempts }, work) {
    return this.#connection.timers.after(RETRY_MS[attempts - 1], work);
  }

  /**
   * @param {Outgoing} outgoing
   * @param {Failure} failure
   */
  #fail(outgoing, failure) {
    Object.assign(outgoing, { failed: true, reason: failure.message });
    this.#keep(outgoing);
    this.#changed.mark();
  }

  /** @param {Outgoing} outgoing */
  #keep({ kept }) {
    if (kept) this.#keeper.put({ ...kept, target: this.#target });
  }

  /** @param {Outgoing} outgoing */
  #remove(outgoing) {
    this.items = this.items.filter((item) => item !== outgoing);
    if (outgoing.kept) this.#keeper.drop(outgoing.reqId);
  }
}
