import { newIdentifier } from "./identifier.js";
import { Journal } from "./journal.js";
import { Change, Signal } from "./signal.js";

const PAGE = 100;
const WAITING = ["pending", "failed"];

/** The messages that this person has scheduled: those that wait, and those that could not be sent. */
export class Scheduled {
  changed = new Change();
  /** (item): it could not be sent; `item.reason` says why. */
  failed = new Signal();

  #connection;
  #uploads;
  #items = new Map();
  #journal = new Journal();

  constructor(connection, uploads) {
    this.#connection = connection;
    this.#uploads = uploads;
  }

  /** Of one channel, those of its threads too, the next first. */
  of(channelUrl) {
    const found = [...this.#items.values()].filter((item) => item.channel_url === channelUrl);
    return found.sort((a, b) => a.scheduled_at - b.scheduled_at);
  }

  async load() {
    await this.#journal.join(
      () => this.#pages(),
      (items) => this.#replace(items),
      (event) => this.#apply(event),
    );
  }

  handle(event) {
    this.#journal.note(event);
    this.#apply(event);
  }

  /** Have a text, files of the browser or both sent at a time (ms). `more`: further parameters of `messages.send`. */
  async create(channelUrl, { text, files = [], at, more = {} }) {
    const sent = [];
    for (const file of files) sent.push({ file_id: await this.#uploads.send(file) });
    const kind = sent.length > 0 ? { message_type: "FILE", files: sent } : { message_type: "MESG" };
    const query = { ...more, ...kind, channel_url: channelUrl, message: text, scheduled_at: at, req_id: newIdentifier() };
    this.#take(await this.#connection.call("scheduled_messages.create", query));
  }

  /** `change`: {message, scheduled_at} and further parameters of `scheduled_messages.update`. */
  async update({ scheduled_message_id }, change) {
    this.#take(await this.#connection.call("scheduled_messages.update", { scheduled_message_id, ...change }));
  }

  async cancel({ scheduled_message_id }) {
    await this.#connection.call("scheduled_messages.cancel", { scheduled_message_id });
    this.#drop(scheduled_message_id);
  }

  async sendNow({ scheduled_message_id }) {
    await this.#connection.call("scheduled_messages.send_now", { scheduled_message_id });
    this.#drop(scheduled_message_id);
  }

  async #pages() {
    const found = [];
    let token = "";
    do {
      const query = { status: WAITING, order: "scheduled_at", limit: PAGE, token };
      const page = await this.#connection.call("scheduled_messages.list", query);
      found.push(...page.scheduled_messages);
      token = page.next;
    } while (token);
    return found;
  }

  #replace(items) {
    this.#items = new Map(items.map((item) => [item.scheduled_message_id, item]));
    this.changed.mark();
  }

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

  #take(item) {
    if (!WAITING.includes(item.scheduled_status)) return this.#drop(item.scheduled_message_id);
    this.#items.set(item.scheduled_message_id, item);
    this.changed.mark();
  }

  #fail({ scheduled_message_id, reason }) {
    const item = this.#items.get(scheduled_message_id);
    if (!item || item.scheduled_status === "failed") return;
    const failed = { ...item, scheduled_status: "failed", reason };
    this.#take(failed);
    this.failed.emit(failed);
  }

  #drop(id) {
    if (this.#items.delete(id)) this.changed.mark();
  }
}
