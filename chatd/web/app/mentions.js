import { EVERYBODY, findMentions, nameOf } from "../sdk/index.js";

/** Whom a message mentions, as a reader sees it: by the names that people have now. */
export class Mentions {
  /** By user_id. */
  names = {};

  #own;

  /** `message`: one of the server, or what is sent to it. */
  constructor({ mention_type, mentioned_users, mentioned_user_ids = [] }, { channel, me }) {
    const users = mentioned_users ?? mentioned_user_ids.map((user_id) => ({ user_id }));
    for (const user of users) this.names[user.user_id] = nameOf(user.user_id === me.user_id ? me : (channel.members.get(user.user_id) ?? user));
    if (mention_type === "channel") this.names[EVERYBODY] = EVERYBODY;
    this.#own = new Set([me.user_id, EVERYBODY]);
  }

  /** The mention with which a text begins: {raw, userId, name, isOwn}, or null. */
  at(text) {
    // No user_id is longer.
    const [found] = findMentions(text.slice(0, 100), Object.keys(this.names));
    if (found?.index !== 0) return null;
    const { userId, length } = found;
    return { raw: text.slice(0, length), userId, name: this.names[userId], isOwn: this.#own.has(userId) };
  }

  /** A text with the names in their places. */
  named(text) {
    const places = findMentions(text, Object.keys(this.names));
    return places.reduceRight((rest, { index, length, userId }) => `${rest.slice(0, index)}@${this.names[userId]}${rest.slice(index + length)}`, text);
  }
}
