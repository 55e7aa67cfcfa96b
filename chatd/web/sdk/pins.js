import { Journal } from "./journal.js";
import { persist } from "./persist.js";
import { Change } from "./signal.js";
/** @import { Channel } from "./channel.js" */
/** @import { Connection } from "./connection.js" */
/** @import { Event, EventOf, Message, MessageMark, Pinned } from "./types.js" */

/** The pinned messages of a channel. */
export class Pins {
  changed = new Change();
  loaded = false;
  /**
   * Those pinned first first; `user_id` is who did it, empty for a program.
   * @type {Pinned[]}
   */
  items = [];

  #connection;
  #channel;
  #journal = new Journal();

  /**
   * @param {Connection} connection
   * @param {Channel} channel
   */
  constructor(connection, channel) {
    this.#connection = connection;
    this.#channel = channel;
  }

  /** @param {number} messageId */
  has(messageId) {
    return this.items.some(({ message }) => message.message_id === messageId);
  }

  async load() {
    await this.#journal.join(
      () => this.#connection.call("pins.list", { channel_url: this.#channel.url }),
      ({ pinned_messages }) => this.#load(pinned_messages),
      (event) => this.#apply(event),
    );
  }

  /** @param {Event} event */
  handle(event) {
    this.#journal.note(event);
    this.#apply(event);
  }

  /** @param {MessageMark} message */
  add(message) {
    return this.#connection.call("messages.pin", { channel_url: this.#channel.url, message_id: message.message_id });
  }

  /** @param {MessageMark} message */
  remove(message) {
    return this.#connection.call("messages.unpin", { channel_url: this.#channel.url, message_id: message.message_id });
  }

  /** @param {Event} event */
  #apply(event) {
    if (event.type === "message.pinned" || event.type === "message.unpinned") this.#follow(event);
    else if (event.type === "message.updated") this.#revise(event.message);
    else if (event.type === "message.deleted") this.#drop([event.message_id]);
    else if (event.type === "messages.erased") this.#drop(event.message_ids);
    else if ((event.type === "messages.expired" || event.type === "channel.history_reset") && this.items.length > 0) this.#again();
  }

  /**
   * The event says which are pinned now, and what the last of them says.
   * @param {EventOf<"message.pinned">} event
   */
  #follow({ type, message_id, pinned_message_ids: ids, latest_pinned_message: latest, user_id = "" }) {
    const known = new Map(this.items.map((item) => [item.message.message_id, item]));
    const message = latest?.message_id === message_id ? latest : known.get(message_id)?.message;
    // Who pinned the others is not in the event; this one may have been pinned by somebody else before.
    if (type === "message.pinned" && message) known.set(message_id, { message, user_id });
    this.#take(ids.flatMap((id) => known.get(id) ?? []));
    // Of several that were pinned while nobody was here only the last says what it says.
    if (ids.some((id) => !known.has(id))) this.#again();
  }

  /** @param {Message} message */
  #revise(message) {
    if (this.has(message.message_id)) this.#take(this.items.map((item) => (item.message.message_id === message.message_id ? { ...item, message } : item)));
  }

  /** @param {number[]} messageIds */
  #drop(messageIds) {
    if (messageIds.some((id) => this.has(id))) this.#take(this.items.filter(({ message }) => !messageIds.includes(message.message_id)));
  }

  #again() {
    persist(this.#connection, () => this.load()).catch((failure) => console.info("pins not loaded:", failure.message));
  }

  /** @param {Pinned[]} items */
  #load(items) {
    this.loaded = true;
    this.#take(items);
  }

  /** @param {Pinned[]} items */
  #take(items) {
    this.items = items;
    this.changed.mark();
  }
}
