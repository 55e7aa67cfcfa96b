import { Journal } from "./journal.js";
import { persist } from "./persist.js";
import { Change } from "./signal.js";
/** @import { Channel } from "./channel.js" */
/** @import { Connection } from "./connection.js" */
/** @import { Event } from "./types.js" */

/** What this person may do in a channel: operators all, the others what the channel lets them. */
export class Permissions {
  changed = new Change();

  #connection;
  #channel;
  #journal = new Journal();
  /** @type {Record<string, boolean>} */
  #members = {};

  /**
   * @param {Connection} connection
   * @param {Channel} channel
   */
  constructor(connection, channel) {
    this.#connection = connection;
    this.#channel = channel;
  }

  /**
   * `deed` is one of the server's: "send", "invite", "edit_channel", "pin" and so on. What is not known yet is not allowed.
   * @param {string} deed
   */
  may(deed) {
    return this.#channel.isOperator || this.#members[deed] === true;
  }

  async load() {
    await this.#journal.join(
      () => this.#connection.call("permissions.view", { channel_url: this.#channel.url }),
      ({ permissions }) => this.#take(permissions),
      (event) => this.#apply(event),
    );
  }

  /** @param {Event} event */
  handle(event) {
    this.#journal.note(event);
    this.#apply(event);
    // Where nobody operates a channel its members may do more.
    if (event.type === "operators.changed") this.#again();
  }

  /** @param {Event} event */
  #apply(event) {
    if (event.type === "channel.permissions_changed") this.#take(event.permissions);
  }

  #again() {
    persist(this.#connection, () => this.load()).catch((failure) => console.info("permissions not loaded:", failure.message));
  }

  /** @param {Record<string, boolean>} permissions */
  #take(permissions) {
    this.#members = permissions;
    this.changed.mark();
  }
}
