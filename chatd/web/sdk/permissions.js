import { Change } from "./signal.js";
/** @import { Channel } from "./channel.js" */
/** @import { Connection } from "./connection.js" */
/** @import { Event } from "./types.js" */

/** What this person may do in a channel: operators all, the others what the channel lets them. */
export class Permissions {
  changed = new Change();

  #connection;
  #channel;
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
    this.#take((await this.#connection.call("permissions.view", { channel_url: this.#channel.url })).permissions);
  }

  /** @param {Event} event */
  handle(event) {
    if (event.type === "channel.permissions_changed") this.#take(event.permissions);
    // Where nobody operates a channel its members may do more.
    else if (event.type === "operators.changed") this.load().catch((failure) => console.info("permissions not loaded:", failure.message));
  }

  /** @param {Record<string, boolean>} permissions */
  #take(permissions) {
    this.#members = permissions;
    this.changed.mark();
  }
}
