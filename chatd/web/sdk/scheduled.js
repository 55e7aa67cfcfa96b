import { newIdentifier } from "./identifier.js";
import { Journal } from "./journal.js";
import { Change, Signal } from "./signal.js";
/** @import { Connection } from "./connection.js" */
/** @import { Event, Params, ScheduledMessage, SendMore, Sender, Upload } from "./types.js" */

const PAGE = 100;
/** @type {Array<"pending" | "failed">} */
const WAITING = ["pending", "failed"];

/** The messages that this person has scheduled: those that wait, and those that could not be sent. */
export class Scheduled {
  changed = new Change();
  /**
   * (item): it could not be sent; `item.reason` says why.
   * @type {Signal<[ScheduledMessage & { reason?: string }]>}
   */
  failed = new Signal();

  #connection;
  #uploads;
  /** @type {Map<number, ScheduledMessage>} */
  #items = new Map();
  #journal = new Journal();

  /**
   * @param {Connection} connection
   * @param {Sender} uploads
   */
  constructor(connection, uploads) {
    this.#connection = connection;
    this.#uploads = uploads;
  }

  /**
   * Of one channel, those of its threads too, the next first.
   * @param {string} channelUrl
   */
  of(channelUrl) {
    const found = [...this.#items.values()].filter((item) => item.channel_url === channelUrl);
    return found.sort((a, b) => a.scheduled_at - b.scheduled_at || a.scheduled_message_id - b.scheduled_message_id);
  }

  async load() {
    await this.#join(() => this.#pages(), (items) => this.#replace(items));
  }

  /** @param {Event} event */
  handle(event) {
    this.#journal.note(event);
    this.#apply(event);
  }

  /**
   * Have a text, files of the browser or both sent at a time (ms). `more`: further parameters of `messages.send`.
   * @param {string} channelUrl
   * @param {{ text: string, files?: Upload[], at: number, more?: SendMore }} wanted
   */
  async create(channelUrl, { text, files = [], at, more = {} }) {
    const sent = [];
    for (const file of files) sent.push({ file_id: await this.#uploads.send(file) });
    /** @type {SendMore} */
    const kind = sent.length > 0 ? { message_type: "FILE", files: sent } : { message_type: "MESG" };
    const query = { ...more, ...kind, channel_url: channelUrl, message: text, scheduled_at: at, req_id: newIdentifier() };
    await this.#join(() => this.#connection.call("scheduled_messages.create", query), (item) => this.#take(item));
  }

  /**
   * `change`: {message, scheduled_at} and further parameters of `scheduled_messages.update`.
   * @param {{ scheduled_message_id: number }} item
   * @param {Omit<Params<"scheduled_messages.update">, "scheduled_message_id">} change
   */
  async update({ scheduled_message_id }, change) {
    await this.#join(() => this.#connection.call("scheduled_messages.update", { scheduled_message_id, ...change }), (item) => this.#take(item));
  }

  /** @param {{ scheduled_message_id: number }} item */
  async cancel({ scheduled_message_id }) {
    await this.#join(() => this.#connection.call("scheduled_messages.cancel", { scheduled_message_id }), () => this.#drop(scheduled_message_id));
  }

  /** @param {{ scheduled_message_id: number }} item */
  async sendNow({ scheduled_message_id }) {
    await this.#join(() => this.#connection.call("scheduled_messages.send_now", { scheduled_message_id }), () => this.#drop(scheduled_message_id));
  }

  /**
   * What an answer says is older than what is told before it comes.
   * @template T
   * @param {() => Promise<T>} fetch
   * @param {(answer: T) => unknown} merge
   */
  #join(fetch, merge) {
    return this.#journal.join(fetch, merge, (event) => this.#apply(event));
  }

  async #pages() {
    /** @type {ScheduledMessage[]} */
    const found = [];
    let token = "";
    do {
      /** @type {Params<"scheduled_messages.list">} */
      const query = { status: WAITING, order: "scheduled_at", limit: PAGE, token };
      const page = await this.#connection.call("scheduled_messages.list", query);
      found.push(...page.scheduled_messages);
      token = page.next;
    } while (token);
    return found;
  }

  /** @param {ScheduledMessage[]} items */
  #replace(items) {
    this.#items = new Map(items.map((item) => [item.scheduled_message_id, item]));
    this.changed.mark();
  }

  /** @param {Event} event */
  #apply(event) {
    switch (event.type) {
      case "scheduled_message.created":
      case "scheduled_message.updated":
        return this.#take(event.scheduled_message);
      case "scheduled_message.failed":
        return this.#fail(event);
      case "scheduled_message.sent":
      case "scheduled_message.canceled":
        return this.#drop(event.scheduled_message_id);
    }
  }

  /** @param {ScheduledMessage} item */
  #take(item) {
    if (!WAITING.some((status) => status === item.scheduled_status)) return this.#drop(item.scheduled_message_id);
    this.#items.set(item.scheduled_message_id, item);
    this.changed.mark();
  }

  /** @param {{ scheduled_message_id: number, reason?: string }} event */
  #fail({ scheduled_message_id, reason = "" }) {
    const item = this.#items.get(scheduled_message_id);
    if (!item || item.scheduled_status === "failed") return;
    const failed = { ...item, scheduled_status: "failed", reason };
    this.#take(failed);
    this.failed.emit(failed);
  }

  /** @param {number} id */
  #drop(id) {
    if (this.#items.delete(id)) this.changed.mark();
  }
}
