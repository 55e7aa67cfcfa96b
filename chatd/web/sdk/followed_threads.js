import { LiveList } from "./live_list.js";
import { moves } from "./moves.js";
import { Reload } from "./reload.js";
/** @import { Connection } from "./connection.js" */
/** @import { ThreadFollowing } from "./thread_following.js" */
/** @import { Event, EventOf, Me, Message, MessagePlace, Page, Thread, ThreadInfo } from "./types.js" */

const PAGE = 30;

/**
 * The threads that this person follows, those with the newest replies first: {channel_url, message_id, parent_message,
 * thread_info, unread_reply_count} each. Loaded on first use.
 * @extends {LiveList<Thread>}
 */
export class FollowedThreads extends LiveList {
  #connection;
  #me;
  #reload;
  /** @type {Set<ThreadFollowing>} */
  #looked = new Set();

  /**
   * @param {Connection} connection
   * @param {Me} me
   */
  constructor(connection, me) {
    super((token) => this.#page(token), (event) => this.#apply(event));
    this.#connection = connection;
    this.#me = me;
    this.#reload = new Reload(connection, () => this.load());
  }

  /** How many of those that are here have replies that are not read. */
  get unread() {
    return this.items.filter(({ unread_reply_count }) => unread_reply_count > 0).length;
  }

  /** Load them again, if somebody has used them. */
  async load() {
    if (this.begun) await super.load();
  }

  /** The stream goes on after a cut. Of a reply that is told late nobody can say whether it was the first. */
  resume() {
    if (this.begun) this.#loadSoon();
    for (const each of this.#looked) each.loadSoon();
  }

  /** @param {Event} event */
  handle(event) {
    for (const each of this.#looked) each.handle(event);
    if (this.begun) super.handle(event);
  }

  /**
   * Whether any thread is followed, also one that is not here.
   * @param {MessagePlace} thread
   */
  async following(thread) {
    const { ThreadFollowing } = await import("./thread_following.js");
    const known = { isFollowed: this.has(thread.message_id), ending: () => this.#looked.delete(following) };
    /** @type {ThreadFollowing} */
    const following = new ThreadFollowing(this.#connection, this.#me, thread, known);
    this.#looked.add(following);
    return following;
  }

  /** @param {MessagePlace} thread */
  async follow({ channel_url, message_id }) {
    const subscribe = () => this.#connection.call("threads.subscribe", { channel_url, message_id });
    await this.join(subscribe, (thread) => this.begun && !this.has(message_id) && this.set([thread, ...this.items]));
  }

  /** @param {MessagePlace} thread */
  async unfollow({ channel_url, message_id }) {
    const unsubscribe = () => this.#connection.call("threads.unsubscribe", { channel_url, message_id });
    await this.join(unsubscribe, () => this.drop([message_id]));
  }

  /**
   * Those that have replies, in order.
   * @param {Thread[]} items
   */
  set(items) {
    super.set(items.filter(({ thread_info }) => thread_info.reply_count > 0).sort(byReply));
  }

  /**
   * @param {string} token
   * @returns {Promise<Page<Thread>>}
   */
  async #page(token) {
    const { threads, next } = await this.#connection.call("threads.list", { limit: PAGE, token });
    return { items: threads, next };
  }

  /** @param {Event} event */
  #apply(event) {
    switch (event.type) {
      case "message.created":
        return event.message.parent_message_id && event.thread_info && this.#reply(event.message, event.thread_info);
      case "message.updated":
        return this.#change(event.message.message_id, { parent_message: event.message });
      case "message.deleted":
        if (event.thread_info) this.#change(event.parent_message_id ?? 0, { thread_info: event.thread_info });
        // Of the first message the replies stay; whether a reply had been read is not in the event.
        return [event.message_id, event.parent_message_id ?? 0].some((id) => this.has(id)) && this.#loadSoon();
      case "messages.erased":
      case "messages.expired":
      case "channel.history_reset":
      case "channel.deleted":
      case "thread.followed":
        return this.#loadSoon();
      case "member.joined":
      case "member.left":
        return moves(event, this.#me.user_id) && this.#loadSoon();
      case "thread.unfollowed":
        return this.drop([event.message_id]);
      case "thread.read":
        return this.#read(event);
    }
  }

  /**
   * @param {Message} message
   * @param {ThreadInfo} thread_info
   */
  #reply(message, thread_info) {
    const { parent_message_id: id = 0, message_id } = message;
    const isOwn = message.user?.user_id === this.#me.user_id;
    const known = this.find(id);
    // Who replies, and whose message is replied to, follows from then on; others may stand further down.
    if (!known) return (isOwn || thread_info.reply_count === 1 || this.hasMore) && this.#loadSoon();
    const { last_replied_at } = known.thread_info;
    // An event may come twice, and with what was loaded.
    if ((known.last_reply_id ?? 0) >= message_id || last_replied_at > message.created_at) return;
    // This one, or another of the same moment.
    if (last_replied_at === message.created_at) return this.#loadSoon();
    const unread_reply_count = isOwn ? 0 : known.unread_reply_count + 1;
    this.#change(id, { thread_info, unread_reply_count, last_reply_id: message_id });
  }

  /** @param {EventOf<"thread.read">} event */
  #read({ message_id, read_ts, unread_reply_count }) {
    const known = this.find(message_id);
    this.#change(message_id, { unread_reply_count });
    // Some replies may have come after this, and be counted before it.
    if (known && read_ts < known.thread_info.last_replied_at) this.#loadSoon();
  }

  /** What is new is not in the event. */
  #loadSoon() {
    this.#reload.soon();
  }

  /**
   * @param {number} messageId
   * @param {Partial<Thread>} facts
   */
  #change(messageId, facts) {
    this.replace(messageId, (thread) => ({ ...thread, ...facts }));
  }
}

/**
 * @param {Thread} one
 * @param {Thread} other
 */
function byReply(one, other) {
  return other.thread_info.last_replied_at - one.thread_info.last_replied_at || other.message_id - one.message_id;
}
