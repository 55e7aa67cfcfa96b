// The threads of the model, and which of them its person follows.
import { pageOf } from "./page.mjs";
import { ME } from "./people.mjs";

export class Threads {
  #model;
  /** By the message that began it: {url, mark}, where `mark` is the reply up to which the person has read; null when they do not follow it. */
  #followed = new Map();

  constructor(model) {
    this.#model = model;
  }

  /** Replies to a message, the first first. */
  replies(url, parentId) {
    return this.#model.channels.get(url).messages.filter(({ parent_message_id }) => parent_message_id === parentId);
  }

  info(url, parentId) {
    const replies = this.replies(url, parentId);
    const last = replies.at(-1)?.created_at ?? 0;
    return { reply_count: replies.length, most_replies: [], last_replied_at: last, updated_at: last };
  }

  /** Who replies follows the thread and has read it; who began it follows it from the first reply on. Before the reply is there. */
  noteReply(url, { message_id, parent_message_id: parentId, user }) {
    if (user.user_id === ME) this.#followed.set(parentId, { url, mark: message_id });
    else if (this.#isFirstToMine(url, parentId)) this.#followed.set(parentId, { url, mark: 0 });
  }

  /** What was said before somebody follows is no news to them. */
  follow(url, parentId, isFollowed) {
    this.#model.message(url, parentId);
    if (this.#isFollowed(parentId) !== isFollowed) {
      this.#followed.set(parentId, { url, mark: isFollowed ? (this.replies(url, parentId).at(-1)?.message_id ?? 0) : null });
      this.#model.next();
      this.#model.tell(isFollowed ? "thread.followed" : "thread.unfollowed", () => this.#isThere(url, parentId) && { channel_url: url, message_id: parentId });
    }
    return this.#resource(url, parentId);
  }

  read(url, parentId, replyId) {
    const { created_at: read_ts } = this.#model.message(url, replyId);
    if (this.#isFollowed(parentId) && replyId > this.#followed.get(parentId).mark) {
      this.#followed.set(parentId, { url, mark: replyId });
      this.#model.next();
      const counted = () => ({ unread_reply_count: this.#unread(url, parentId) });
      this.#model.tell("thread.read", () => this.#isFollowed(parentId) && { channel_url: url, message_id: parentId, reply_id: replyId, read_ts, ...counted() });
    }
    return this.#resource(url, parentId);
  }

  /** Messages are gone for good, and their threads. */
  forget(messageIds) {
    messageIds.forEach((id) => this.#followed.delete(id));
  }

  /** Those that are followed and have replies, the newest reply first. */
  get all() {
    return this.#entries.sort((a, b) => a.key[0] - b.key[0] || a.key[1] - b.key[1]).map(({ item }) => item);
  }

  list({ token, limit }) {
    const { items, next } = pageOf(this.#entries, token, limit);
    return { threads: items, next };
  }

  get #entries() {
    const here = [...this.#followed].filter(([id, { url }]) => this.#isFollowed(id) && this.#model.channels.get(url).isMember && this.replies(url, id).length > 0);
    const found = here.map(([id, { url }]) => this.#resource(url, id));
    return found.map((item) => ({ key: [-item.thread_info.last_replied_at, -item.message_id], item }));
  }

  #isFollowed(parentId) {
    return (this.#followed.get(parentId)?.mark ?? null) !== null;
  }

  #isThere(url, parentId) {
    return !this.#model.channels.get(url).gone.has(parentId);
  }

  #isFirstToMine(url, parentId) {
    return !this.#followed.has(parentId) && this.replies(url, parentId).length === 0 && this.#model.message(url, parentId).user.user_id === ME;
  }

  #unread(url, parentId) {
    const mark = this.#followed.get(parentId)?.mark ?? 0;
    return this.replies(url, parentId).filter(({ message_id }) => message_id > mark).length;
  }

  #resource(channel_url, message_id) {
    const parent_message = this.#model.channels.get(channel_url).removed.get(message_id) ?? this.#model.plain(this.#model.message(channel_url, message_id));
    const facts = { thread_info: this.info(channel_url, message_id), is_followed: this.#isFollowed(message_id) };
    return { channel_url, message_id, parent_message, ...facts, unread_reply_count: this.#unread(channel_url, message_id) };
  }
}
