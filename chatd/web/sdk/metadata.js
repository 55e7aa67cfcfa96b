import { Journal } from "./journal.js";
import { Change } from "./signal.js";
/** @import { Channel } from "./channel.js" */
/** @import { Connection } from "./connection.js" */
/** @import { Event } from "./types.js" */

/** What is said of a channel: texts by their keys. */
export class Metadata {
  changed = new Change();
  /** @type {Record<string, string>} */
  items = {};

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

  async load() {
    await this.#journal.join(
      () => this.#connection.call("channel_metadata.view", { channel_url: this.#channel.url }),
      (items) => this.#take(items),
      (event) => this.#apply(event),
    );
  }

  /**
   * Say something under a key.
   * @param {string} key
   * @param {string} text
   */
  async set(key, text) {
    const changed = await this.#connection.call("channel_metadata.update", { channel_url: this.#channel.url, metadata: { [key]: text }, upsert: true });
    this.#take({ ...this.items, ...changed });
  }

  /** @param {Event} event */
  handle(event) {
    this.#journal.note(event);
    this.#apply(event);
  }

  /** @param {Event} event */
  #apply(event) {
    if (event.type !== "channel.metadata_changed") return;
    const kept = Object.entries(this.items).filter(([key]) => !event.deleted.includes(key));
    this.#take({ ...Object.fromEntries(kept), ...event.created, ...event.updated });
  }

  /** @param {Record<string, string>} items */
  #take(items) {
    this.items = items;
    this.changed.mark();
  }
}
