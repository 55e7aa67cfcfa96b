import { LiveList } from "./live_list.js";
import { hasExpired } from "./window.js";
/** @import { Channel } from "./channel.js" */
/** @import { Connection } from "./connection.js" */
/** @import { Event, EventOf, Message, Page } from "./types.js" */

const PAGE = 30;
// A page may be short, or empty, where files are few among many messages. So many are asked for at a time.
const MOST_PAGES = 8;

/**
 * The messages of a channel that have files, the newest first.
 * @extends {LiveList<Message>}
 */
export class FileList extends LiveList {
  #connection;
  #channel;

  /**
   * @param {Connection} connection
   * @param {Channel} channel
   */
  constructor(connection, channel) {
    super((token) => this.#pages(token), (event) => this.#apply(event));
    this.#connection = connection;
    this.#channel = channel;
  }

  /**
   * @param {string} token
   * @returns {Promise<Page<Message>>}
   */
  async #pages(token) {
    /** @type {Page<Message>} */
    const found = { items: [], next: token };
    for (let count = 0; count < MOST_PAGES && found.items.length < PAGE && (count === 0 || found.next); count += 1) {
      const page = await this.#connection.call("files.list", { channel_url: this.#channel.url, token: found.next, limit: PAGE });
      found.items.push(...page.messages);
      found.next = page.next;
    }
    return found;
  }

  /** @param {Event} event */
  #apply(event) {
    if (event.type === "message.created") this.#insert(event.message);
    else if (event.type === "message.updated") this.replace(event.message.message_id, () => event.message);
    else if (event.type === "message.deleted") this.drop([event.message_id]);
    else if (event.type === "messages.erased") this.drop(event.message_ids);
    else if (event.type === "channel.history_reset") this.end([]);
    else if (event.type === "messages.expired") this.#expire(event);
  }

  /** @param {EventOf<"messages.expired">} event */
  #expire(event) {
    const kept = this.items.filter((message) => !hasExpired(message, event));
    // When all that are here are newer, there may be more of them further down.
    if (kept.length < this.items.length) this.end(kept);
  }

  /** @param {Message} message */
  #insert(message) {
    const hasFiles = message.files || message.file?.url;
    if (hasFiles && !this.has(message.message_id)) this.set([message, ...this.items]);
  }
}
