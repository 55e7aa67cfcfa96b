/** @import { Channel } from "./channel.js" */
/** @import { Connection } from "./connection.js" */
/** @import { Named, Params } from "./types.js" */

const PAGE = 100;

/** Who is in a channel, and who operates it. All of it rejects with a Failure. */
export class Membership {
  #connection;

  /** @param {Connection} connection */
  constructor(connection) {
    this.#connection = connection;
  }

  /**
   * @param {Channel} channel
   * @param {Named} user
   */
  promote(channel, user) {
    return this.#connection.call("operators.add", { channel_url: channel.url, operator_ids: [user.user_id] });
  }

  /**
   * @param {Channel} channel
   * @param {Named} user
   */
  demote(channel, user) {
    return this.#connection.call("operators.remove", { channel_url: channel.url, operator_ids: [user.user_id] });
  }

  /**
   * @param {Channel} channel
   * @param {Named} user
   */
  remove(channel, user) {
    return this.#connection.call("channels.leave", { channel_url: channel.url, user_ids: [user.user_id] });
  }

  /**
   * @param {Channel} channel
   * @param {string[]} userIds
   */
  async invite(channel, userIds) {
    channel.merge(await this.#connection.call("channels.invite", { channel_url: channel.url, user_ids: userIds }));
  }

  /**
   * Another page of the members of a large channel, into it.
   * @param {Channel} channel
   */
  async more(channel) {
    /** @type {Params<"members.list">} */
    const query = { channel_url: channel.url, limit: PAGE, member_active_mode_filter: "all", show_read_receipt: true, token: channel.membersNext };
    const { members, next } = await this.#connection.call("members.list", query);
    channel.membersNext = next;
    channel.add(members);
  }
}
