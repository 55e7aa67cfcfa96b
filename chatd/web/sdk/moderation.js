const PAGE = 50;

/** What moderators do about people, channels and messages; and what everybody does: report. All of it rejects with a Failure. */
export class Moderation {
  #connection;

  constructor(connection) {
    this.#connection = connection;
  }

  /** Let somebody write no more for so many seconds; -1 until somebody ends it. */
  mute(channel, user, seconds = -1, description = "") {
    return this.#connection.call("mutes.add", { channel_url: channel.url, user_id: user.user_id, seconds, description });
  }

  unmute(channel, user) {
    return this.#connection.call("mutes.remove", { channel_url: channel.url, user_id: user.user_id });
  }

  /** A page of those who may not write: {muted_list, next}. */
  muted(channel, token = "") {
    return this.#connection.call("mutes.list", { channel_url: channel.url, limit: PAGE, token });
  }

  /** Keep somebody out for so many seconds; -1 until somebody ends it. */
  ban(channel, user, seconds = -1, description = "") {
    return this.#connection.call("bans.add", { channel_url: channel.url, user_id: user.user_id, seconds, description });
  }

  unban(channel, user) {
    return this.#connection.call("bans.remove", { channel_url: channel.url, user_id: user.user_id });
  }

  /** A page of those who may not be in a channel: {banned_list: [{user, end_at}], next}. */
  banned(channel, token = "") {
    return this.#connection.call("bans.list", { channel_url: channel.url, limit: PAGE, token });
  }

  /** Only operators write in a frozen channel. */
  freeze(channel, isFrozen = true) {
    return this.#connection.call("channels.freeze", { channel_url: channel.url, freeze: isFrozen });
  }

  /** Tell the operators of a message. `category`: "suspicious", "harassing", "spam", "inappropriate", or one of the server's. */
  reportMessage(channel, message, category, description = "") {
    const what = { channel_url: channel.url, message_id: message.message_id };
    return this.#connection.call("messages.report", { ...what, report_category: category, report_description: description });
  }

  reportChannel(channel, category, description = "") {
    return this.#connection.call("channels.report", { channel_url: channel.url, report_category: category, report_description: description });
  }

  reportUser(user, category, description = "") {
    return this.#connection.call("users.report", { offending_user_id: user.user_id, report_category: category, report_description: description });
  }
}
