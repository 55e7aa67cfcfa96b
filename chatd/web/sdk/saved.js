import { LiveList } from "./live_list.js";
import { moves } from "./moves.js";
import { persist } from "./persist.js";
import { Reload } from "./reload.js";
import { hasExpired } from "./window.js";
/** @import { Connection } from "./connection.js" */
/** @import { Event, Me, Message, MessageMark, MessagePlace, Page } from "./types.js" */

const PAGE = 50;

/**
 * The messages that this person has put aside for later, the last first. Loaded on first use; the same on all devices.
 * @extends {LiveList<Message>}
 */
export class Saved extends LiveList {
  #connection;
  #me;
  #reload;
  /**
   * What events say is saved and is not on top yet, in that order, by message_id.
   * @type {Map<number, MessagePlace>}
   */
  #wanted = new Map();
  #isRaising = false;

  /**
   * @param {Connection} connection
   * @param {Me} me
   */
  constructor(connection, me) {
    super((token) => this.#page(token), (event) => this.#apply(event));
    this.#connection = connection;
    this.#me = me;
    this.#reload = new Reload(connection, () => this.load());
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
    // It is on the first page, or was taken back.
    if (!token) this.#wanted.clear();
    return { items: saved.map(({ message }) => message), next };
  }

  /** @param {Event} event */
  #apply(event) {
    switch (event.type) {
      case "message.saved":
        return this.#raiseSoon(event);
      case "message.updated":
        return this.replace(event.message.message_id, () => event.message);
      case "message.unsaved":
      case "message.deleted":
        return this.#forget([event.message_id]);
      case "messages.erased":
        return this.#forget(event.message_ids);
      case "messages.expired":
        return this.#forgetThose((message) => message.channel_url === event.channel_url && hasExpired(message, event));
      case "channel.deleted":
        return this.#forgetThose(({ channel_url }) => channel_url === event.channel_url);
      case "member.joined":
      case "member.left":
        // What may be read is another now.
        return moves(event, this.#me.user_id) && this.#reload.soon();
    }
  }

  /** @param {(message: Message) => boolean} isGone */
  #forgetThose(isGone) {
    this.#forget(this.items.filter(isGone).map(({ message_id }) => message_id));
  }

  /** @param {number[]} messageIds */
  #forget(messageIds) {
    messageIds.forEach((id) => this.#wanted.delete(id));
    this.drop(messageIds);
  }

  /**
   * The event does not say what the message says.
   * @param {MessagePlace} event
   */
  #raiseSoon({ channel_url, message_id }) {
    this.#wanted.delete(message_id);
    this.#wanted.set(message_id, { channel_url, message_id });
    if (!this.#isRaising) this.#raiseAll();
  }

  async #raiseAll() {
    this.#isRaising = true;
    for (const place of this.#wanted.values()) await this.#raise(place);
    this.#isRaising = false;
  }

  /** @param {MessagePlace} place */
  async #raise(place) {
    const known = this.find(place.message_id);
    if (known) return this.#insert(place, known);
    const view = () => persist(this.#connection, () => this.#connection.call("messages.view", place));
    await this.join(view, (message) => this.#insert(place, message)).catch((failure) => console.info("saved message not loaded:", failure.message));
    if (this.#wanted.get(place.message_id) === place) this.#wanted.delete(place.message_id);
  }

  /**
   * Unless it was taken back meanwhile, or all was loaded anew.
   * @param {MessagePlace} place
   * @param {Message} message
   */
  #insert(place, message) {
    if (this.#wanted.get(place.message_id) !== place) return;
    this.#wanted.delete(place.message_id);
    this.set([message, ...this.items.filter(({ message_id }) => message_id !== place.message_id)]);
  }
}
