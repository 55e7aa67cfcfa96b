// What the server tells of one person it tells everybody who watches them: in a large channel their next message says it too.
const MOST_MEMBERS = 100;
const MOST_WATCHED = 50;

/** Follows those who have said what is shown, and other members, so that a new name or picture of theirs is seen at once. */
export class MemberWatch {
  #presence;
  #channel;
  #timeline;
  #followed = { ids: "", end: () => {} };

  constructor({ presence }, channel, timeline) {
    this.#presence = presence;
    this.#channel = channel;
    this.#timeline = timeline;
  }

  /** Something else may be shown now. */
  follow() {
    const userIds = this.#channel.memberCount > MOST_MEMBERS ? [] : this.#senders();
    const ids = userIds.join();
    if (ids === this.#followed.ids) return;
    const before = this.#followed;
    this.#followed = { ids, end: this.#presence.watch(userIds) };
    before.end();
  }

  end() {
    this.#followed.end();
    this.#followed = { ids: "", end: () => {} };
  }

  /** Those who were the last to say something before others, by id. */
  #senders() {
    const senders = this.#timeline.messages.map(({ user }) => user?.user_id ?? "").reverse();
    const found = new Set([...senders, ...this.#channel.members.keys()]);
    found.delete("");
    return [...found].slice(0, MOST_WATCHED).sort();
  }
}
