import { LiveList } from "./live_list.js";
import { persist } from "./persist.js";
import { Queue } from "./queue.js";
/** @import { Connection } from "./connection.js" */
/** @import { Event, Message, MessageMark, MessagePlace, Page } from "./types.js" */

const PAGE = 50;

/**
 * The messages that this person has put aside for later, the last first. Loaded on first use; the same on all devices.
 * @extends {LiveList<Message>}
 */
export class Saved extends LiveList {
  #connection;
  #fetching = new Queue();

  /** @param {Connection} connection */
  constructor(connection) {
    super((token) => this.#page(token), (event) => this.#apply(event));
    this.#connection = connection;
  }

  /** Load them again, if somebody has used them. */
  async load() {
    if (this.begun) await super.load();
  }

  /** @param {Event} event */
  handle(event) {
    if (this.begun) super.handle(event);
  }

  /** @param {Message} message */
  async add(message) {
    await this.#connection.call("saved.add", { channel_url: message.channel_url, message_id: message.message_id });
  }

  /** @param {MessageMark} message */
  async remove({ message_id }) {
    await this.#connection.call("saved.remove", { message_id });
  }

  /**
   * @param {string} token
   * @returns {Promise<Page<Message>>}
   */
  async #page(token) {
    const { saved, next } = await this.#connection.call("saved.list", { limit: PAGE, token });
    return { items: saved.map(({ message }) => message), next };
  }

  /** @param {Event} event */
  #apply(event) {
    if (event.type === "message.saved") this.#fetch(event);
    else if (event.type === "message.unsaved") this.drop([event.message_id]);
    else if (event.type === "message.updated") this.replace(event.message.message_id, () => event.message);
    else if (event.type === "message.deleted") this.drop([event.message_id]);
    else if (event.type === "messages.erased") this.drop(event.message_ids);
  }

  /**
   * The event does not say what the message says. Several are fetched in the order in which they were saved.
   * @param {MessagePlace} event
   */
  #fetch({ channel_url, message_id }) {
    if (this.has(message_id)) return;
    const view = () => this.#connection.call("messages.view", { channel_url, message_id });
    const fetched = () => this.#fetching.next(() => persist(this.#connection, view));
    this.join(fetched, (message) => this.#insert(message)).catch((failure) => console.info("saved message not loaded:", failure.message));
  }

  /** @param {Message} message */
  #insert(message) {
    if (!this.has(message.message_id)) this.set([message, ...this.items]);
  }
}
