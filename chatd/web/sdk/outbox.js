import { newIdentifier } from "./identifier.js";

const RETRY_MS = [500, 1_000, 2_000, 4_000, 8_000];

/** A message on its way, or one that the server refused: `failed`, with `reason`. */
class Outgoing {
  failed = false;
  reason = "";
  createdAt = Date.now();
  attempts = 0;

  constructor(text) {
    this.text = text;
    this.reqId = newIdentifier();
  }
}

/**
 * Messages to one channel that the server has not acknowledged, sent one after the other so that they keep their order.
 *
 * Each carries its request id: one that is sent again after a lost answer is not there twice. While the connection is
 * away they wait; what the server refuses stays as failed until the person decides.
 */
export class Outbox {
  /** Oldest first. */
  items = [];

  #connection;
  #url;
  #changed;
  #accepted;
  #busy = false;
  #timer = 0;

  /** `accepted(message)` is called with what the server made of each. */
  constructor(connection, url, { changed, accepted }) {
    this.#connection = connection;
    this.#url = url;
    this.#changed = changed;
    this.#accepted = accepted;
  }

  add(text) {
    this.items.push(new Outgoing(text));
    this.flush();
  }

  /** Try a failed one again, at the end of the line. */
  retry(outgoing) {
    this.#remove(outgoing);
    Object.assign(outgoing, { failed: false, reason: "", attempts: 0 });
    this.items.push(outgoing);
    this.flush();
  }

  discard(outgoing) {
    this.#remove(outgoing);
    this.#changed.mark();
  }

  /** The stream brought a message of this person: it may be one of these, before its answer came. */
  settle(message) {
    const found = this.items.find((outgoing) => outgoing.reqId === message.req_id);
    if (found) this.#remove(found);
  }

  /** Send what waits. Called when something was added and when the connection is back. */
  async flush() {
    this.#changed.mark();
    if (this.#busy) return;
    this.#busy = true;
    clearTimeout(this.#timer);
    try {
      for (let next = this.#next(); next; next = this.#next()) {
        if (!(await this.#send(next))) break;
      }
    } finally {
      this.#busy = false;
      this.#changed.mark();
    }
  }

  #next() {
    return this.items.find((outgoing) => !outgoing.failed);
  }

  /** False when it is no use to go on now. */
  async #send(outgoing) {
    if (this.#connection.state !== "connected") return false;
    try {
      const params = { channel_url: this.#url, message: outgoing.text, message_type: "MESG", req_id: outgoing.reqId };
      this.#accepted(await this.#connection.call("messages.send", params));
      return true;
    } catch (failure) {
      return this.#refused(outgoing, failure);
    }
  }

  #refused(outgoing, failure) {
    if (!this.items.includes(outgoing)) return true;
    if (failure.temporary && outgoing.attempts < RETRY_MS.length) {
      this.#timer = setTimeout(() => this.flush(), RETRY_MS[outgoing.attempts++]);
      return false;
    }
    outgoing.failed = true;
    outgoing.reason = failure.message;
    return true;
  }

  #remove(outgoing) {
    this.items = this.items.filter((item) => item !== outgoing);
  }
}
