/** @import { Channel } from "./channel.js" */
/** @import { Connection } from "./connection.js" */
/** @import { Message, Named, Params } from "./types.js" */

const PAGE = 50;

/** @typedef {Params<"messages.report">["report_category"]} Category */

/** What moderators do about people, channels and messages; and what everybody does: report. All of it rejects with a Failure. */
export class Moderation {
  #connection;

  /** @param {Connection} connection */
  constructor(connection) {
    this.#connection = connection;
  }

  /**
   * Let somebody write no more for so many seconds; -1 until somebody ends it.
   * @param {Channel} channel
   * @param {Named} user
   * @param {number} [seconds]
   * @param {string} [description]
   */
  mute(channel, user, seconds = -1, description = "") {
    return this.#connection.call("mutes.add", { channel_url: channel.url, user_id: user.user_id, seconds, description });
  }

  /**
   * @param {Channel} channel
   * @param {Named} user
   */
  unmute(channel, user) {
    return this.#connection.call("mutes.remove", { channel_url: channel.url, user_id: user.user_id });
  }

  /**
   * A page of those who may not write: {muted_list, next}.
   * @param {Channel} channel
   * @param {string} [token]
   */
  muted(channel, token = "") {
    return this.#connection.call("mutes.list", { channel_url: channel.url, limit: PAGE, token });
  }

  /**
   * Keep somebody out for so many seconds; -1 until somebody ends it.
   * @param {Channel} channel
   * @param {Named} user
   * @param {number} [seconds]
   * @param {string} [description]
   */
  ban(channel, user, seconds = -1, description = "") {
    return this.#connection.call("bans.add", { channel_url: channel.url, user_id: user.user_id, seconds, description });
  }

  /**
   * @param {Channel} channel
   * @param {Named} user
   */
  unban(channel, user) {
    return this.#connection.call("bans.remove", { channel_url: channel.url, user_id: user.user_id });
  }

  /**
   * A page of those who may not be in a channel: {banned_list: [{user, end_at}], next}.
   * @param {Channel} channel
   * @param {string} [token]
   */
  banned(channel, token = "") {
    return this.#connection.call("bans.list", { channel_url: channel.url, limit: PAGE, token });
  }

  /**
   * Only operators write in a frozen channel.
   * @param {Channel} channel
   * @param {boolean} [isFrozen]
   */
  freeze(channel, isFrozen = true) {
    return this.#connection.call("channels.freeze", { channel_url: channel.url, freeze: isFrozen });
  }

  /**
   * Tell the operators of a message. `category`: "suspicious", "harassing", "spam" or "inappropriate".
   * @param {Channel} channel
   * @param {Message} message
   * @param {Category} category
   * @param {string} [description]
   */
  reportMessage(channel, message, category, description = "") {
    const what = { channel_url: channel.url, message_id: message.message_id };
    return this.#connection.call("messages.report", { ...what, report_category: category, report_description: description });
  }

  /**
   * @param {Channel} channel
   * @param {Category} category
   * @param {string} [description]
   */
  reportChannel(channel, category, description = "") {
    return this.#connection.call("channels.report", { channel_url: channel.url, report_category: category, report_description: description });
  }

  /**
   * @param {Named} user
   * @param {Category} category
   * @param {string} [description]
   */
  reportUser(user, category, description = "") {
    return this.#connection.call("users.report", { offending_user_id: user.user_id, report_category: category, report_description: description });
  }
}
