const PAGE = 100;

/** Who is in a channel, and who operates it. All of it rejects with a Failure. */
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

  async invite(channel, userIds) {
    channel.merge(await this.#connection.call("channels.invite", { channel_url: channel.url, user_ids: userIds }));
  }

  /** Another page of the members of a large channel, into it. */
  async more(channel) {
    const query = { channel_url: channel.url, limit: PAGE, member_active_mode_filter: "all", show_read_receipt: true };
    const { members, next } = await this.#connection.call("members.list", { ...query, token: channel.membersNext });
    channel.membersNext = next;
    channel.add(members);
  }
}
