/** What operators of a channel do about those who are in it. All of it rejects with a Failure. */
export class Membership {
  #connection;

  constructor(connection) {
    this.#connection = connection;
  }

  promote(channel, user) {
    return this.#connection.call("operators.add", { channel_url: channel.url, operator_ids: [user.user_id] });
  }

  demote(channel, user) {
    return this.#connection.call("operators.remove", { channel_url: channel.url, operator_ids: [user.user_id] });
  }

  remove(channel, user) {
    return this.#connection.call("channels.leave", { channel_url: channel.url, user_ids: [user.user_id] });
  }

  /** For how many seconds; -1 until somebody ends it. */
  mute(channel, user, seconds) {
    return this.#connection.call("mutes.add", { channel_url: channel.url, user_id: user.user_id, seconds });
  }

  unmute(channel, user) {
    return this.#connection.call("mutes.remove", { channel_url: channel.url, user_id: user.user_id });
  }

  ban(channel, user, seconds) {
    return this.#connection.call("bans.add", { channel_url: channel.url, user_id: user.user_id, seconds });
  }

  unban(channel, user) {
    return this.#connection.call("bans.remove", { channel_url: channel.url, user_id: user.user_id });
  }

  /** A page of those who may not be in a channel: {banned_list: [{user, end_at}], next}. */
  banned(channel, token = "") {
    return this.#connection.call("bans.list", { channel_url: channel.url, limit: 50, token });
  }
}
