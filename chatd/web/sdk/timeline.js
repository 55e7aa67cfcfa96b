import { distance, listMessages } from "./history.js";
import { Journal } from "./journal.js";
import { Outbox } from "./outbox.js";
import { persist } from "./persist.js";
import { Queue } from "./queue.js";
import { hasReaction } from "./reactions.js";
import { Change } from "./signal.js";
import { Window } from "./window.js";
/** @import { Failure } from "./failure.js" */
/** @import { Channel } from "./channel.js" */
/** @import { Around, Ends, Event, Message, MessageMark, Params, ReactionMade, SendMore, TimelineParts, Upload } from "./types.js" */

const PAGE = 50;
const MAX_PAGE = 200;
// Later than any message: the place from which the newest page is asked for (ms).
const END_OF_TIME = 4_000_000_000_000;

/**
 * What somebody sees of a channel: a window of its messages, at the end or further up, and those on their way.
 *
 * When the stream cannot prove that nothing was missed, `load` loads the window again where it is.
 */
export class Timeline {
  changed = new Change();
  /**
   * "loading", "ready" or "failed".
   * @type {"loading" | "ready" | "failed"}
   */
  state = "loading";
  /**
   * Why it failed.
   * @type {Failure | null}
   */
  failure = null;
  /** True while a person reads further up: what they read is not given up. */
  isReadFurtherUp = false;

  #connection;
  #channel;
  #me;
  #parentId;
  #window = new Window();
  #journal = new Journal();
  /**
   * The place that was asked for last, until the window reaches to now.
   * @type {Around | null}
   */
  #around = null;
  #loads = 0;
  #reacting = new Queue();
  #readTo = 0;
  /** @type {Promise<void> | null} */
  #older = null;
  /** @type {Promise<void> | null} */
  #newer = null;

  /**
   * Of the channel itself, or of the replies to a message of it: `parentId` is its message_id.
   * @param {TimelineParts} parts
   * @param {Channel} channel
   * @param {number} [parentId]
   */
  constructor({ connection, uploads, keeper, me }, channel, parentId = 0) {
    this.channelUrl = channel.url;
    this.#parentId = parentId;
    this.#connection = connection;
    this.#channel = channel;
    this.#me = me;
    this.outbox = new Outbox(connection, uploads, parentId ? { channel_url: channel.url, parent_message_id: parentId } : { channel_url: channel.url }, {
      changed: this.changed,
      accepted: (message) => this.#accept(message),
      keeper,
    });
  }

  /** Oldest first, without a gap between them. */
  get messages() {
    return this.#window.messages;
  }

  get hasOlder() {
    return this.#window.hasOlder;
  }

  /** Whether there is more than this until now. */
  get hasNewer() {
    return this.#window.hasNewer;
  }

  get isLoadingOlder() {
    return this.#older !== null;
  }

  get isLoadingNewer() {
    return this.#newer !== null;
  }

  /** The newest message of this person that is here. */
  get lastOwn() {
    return this.messages.findLast((message) => message.user?.user_id === this.#me.user_id) ?? null;
  }

  /** What is kept of it in the browser: its end; null of one that is not there. */
  get snapshot() {
    const { messages, hasOlder } = this.#window;
    if (this.#parentId || this.state !== "ready" || this.hasNewer) return null;
    const isCut = messages.length > PAGE;
    return { url: this.channelUrl, mark: messages, messages: messages.slice(-PAGE), hasOlder: hasOlder || isCut };
  }

  /**
   * Begin with what was kept.
   * @param {{ messages: Message[], hasOlder: boolean }} kept
   */
  restore({ messages, hasOlder }) {
    this.#replace(messages, { hasOlder, hasNewer: false });
  }

  /** @param {number} messageId */
  find(messageId) {
    return this.#window.find(messageId);
  }

  /** Load what is to be seen again: around its middle when somebody reads further up, else the end. */
  load() {
    const middle = this.hasNewer ? this.messages[this.messages.length >> 1] : undefined;
    if (middle) return this.loadAround({ message_id: middle.message_id });
    // All that was read further up may be gone by now.
    return this.#around ? this.loadAround(this.#around) : this.loadEnd();
  }

  /** The newest page, long enough to hold all that is unread. */
  loadEnd() {
    this.#around = null;
    const kept = this.hasNewer ? 0 : this.messages.length;
    const limit = Math.min(Math.max(PAGE, this.#channel.unread + 20, kept), MAX_PAGE);
    const query = { message_ts: END_OF_TIME, prev_limit: limit, next_limit: 0, include: false };
    return this.#begin(query, (messages) => ({ hasOlder: messages.length === limit, hasNewer: false }));
  }

  /**
   * A page on both sides of a place: {message_id}, or {message_ts} in ms.
   * @param {Around} place
   */
  loadAround(place) {
    this.#around = place;
    const query = { ...place, prev_limit: PAGE, next_limit: PAGE, include: true };
    return this.#begin(query, (messages) => ({
      hasOlder: messages.filter((message) => distance(message, place) < 0).length >= PAGE,
      hasNewer: messages.filter((message) => distance(message, place) > 0).length >= PAGE,
    }));
  }

  /** The page before the oldest message; several calls at a time share one. */
  loadOlder() {
    if (!this.hasOlder || this.state !== "ready") return Promise.resolve();
    this.#older ??= this.#loadOlder().finally(() => {
      this.#older = null;
      this.changed.mark();
    });
    this.changed.mark();
    return this.#older;
  }

  /** The page after the newest message that is here. */
  loadNewer() {
    if (!this.hasNewer || this.state !== "ready") return Promise.resolve();
    this.#newer ??= this.#loadNewer().finally(() => {
      this.#newer = null;
      this.changed.mark();
    });
    this.changed.mark();
    return this.#newer;
  }

  /** @param {Event} event */
  handle(event) {
    this.#journal.note(event);
    this.#apply(event);
  }

  /**
   * A text, files of the browser, or both. `more`: further parameters of `messages.send`.
   * @param {string} text
   * @param {Upload[]} [files]
   * @param {SendMore} [more]
   */
  send(text, files = [], more = {}) {
    this.outbox.add(text, files, more);
  }

  /** Of a thread: all that is here has been read. */
  async markRead() {
    const last = this.messages.at(-1)?.message_id ?? 0;
    if (last <= this.#readTo) return;
    this.#readTo = last;
    const params = { channel_url: this.#channel.url, message_id: this.#parentId, reply_id: last };
    const mark = () => this.#connection.call("threads.mark_read", params);
    await persist(this.#connection, mark).catch((failure) => console.info("thread not marked:", failure.message));
  }

  /**
   * `more`: further parameters of `messages.update`.
   * @param {MessageMark} message
   * @param {string} text
   * @param {Partial<Params<"messages.update">>} [more]
   */
  async edit(message, text, more = {}) {
    const params = { ...more, channel_url: this.#channel.url, message_id: message.message_id, message: text };
    this.#window.revise(await this.#connection.call("messages.update", params));
    this.changed.mark();
  }

  /** @param {MessageMark} message */
  async remove(message) {
    const params = { channel_url: this.#channel.url, message_id: message.message_id };
    await this.#connection.call("messages.delete", params);
    this.#window.drop([message.message_id]);
    this.changed.mark();
  }

  /**
   * Add this person's reaction to a message, or take it back: shown at once, and undone when the server refuses.
   * @param {MessageMark} message
   * @param {string} reaction
   * @param {boolean} isAdded
   */
  async react(message, reaction, isAdded) {
    const { message_id } = message;
    const change = { message_id, reaction, user_id: this.#me.user_id, updated_at: Date.now() };
    const isOther = hasReaction(this.find(message_id), change) !== isAdded;
    this.#react(change, isAdded);
    try {
      await this.#reacting.next(() => this.#tellReaction(message_id, reaction, isAdded));
    } catch (/** @type {any} */ failure) {
      if (isOther) this.#react(change, !isAdded);
      throw failure;
    }
  }

  /**
   * It may have been done although no answer came, so it is asked until one does.
   * @param {number} message_id
   * @param {string} reaction
   * @param {boolean} isAdded
   */
  #tellReaction(message_id, reaction, isAdded) {
    const params = { channel_url: this.#channel.url, message_id, reaction };
    return persist(this.#connection, () => this.#connection.call(isAdded ? "reactions.add" : "reactions.remove", params));
  }

  /**
   * Load a window of its own; one that was begun later wins.
   * @param {Partial<Params<"messages.list">>} query
   * @param {(messages: Message[]) => Ends} ends
   */
  async #begin(query, ends) {
    const generation = ++this.#loads;
    try {
      await this.#journal.join(
        () => this.#fetch(query),
        (messages) => generation === this.#loads && this.#replace(messages, ends(messages)),
        (event) => this.#apply(event),
      );
    } catch (/** @type {any} */ failure) {
      if (generation === this.#loads && this.state === "loading") this.#fail(failure);
      throw failure;
    }
  }

  async #loadOlder() {
    const message_id = this.messages[0]?.message_id;
    if (message_id === undefined) return this.loadEnd();
    await this.#journal.join(
      () => this.#fetch({ message_id, prev_limit: PAGE, next_limit: 0, include: false }),
      // Only to where it fits: the beginning may have moved meanwhile.
      (messages) => this.messages[0]?.message_id === message_id && this.#window.prepend(messages, messages.length === PAGE),
      (event) => this.#apply(event),
    );
  }

  async #loadNewer() {
    const message_id = this.messages.at(-1)?.message_id;
    if (message_id === undefined) return this.loadEnd();
    await this.#journal.join(
      () => this.#fetch({ message_id, prev_limit: 0, next_limit: PAGE, include: false }),
      (messages) => this.messages.at(-1)?.message_id === message_id && this.#append(messages),
      (event) => this.#apply(event),
    );
  }

  /** @param {Message[]} messages */
  #append(messages) {
    this.#window.append(messages, messages.length === PAGE);
    if (!this.hasNewer) this.#around = null;
  }

  /** @param {Partial<Params<"messages.list">>} query */
  async #fetch(query) {
    /** @type {Partial<Params<"messages.list">>} */
    const which = this.#parentId ? { parent_message_id: this.#parentId } : { include_reply_type: "ONLY_REPLY_TO_CHANNEL" };
    const params = { channel_url: this.#channel.url, include_reactions: true, include_thread_info: true, ...which, ...query };
    const messages = await listMessages(this.#connection, params);
    this.#channel.recognize(messages);
    return messages;
  }

  /**
   * @param {Message[]} messages
   * @param {Ends} ends
   */
  #replace(messages, ends) {
    this.#window.replace(messages, ends);
    messages.forEach((message) => this.outbox.settle(message));
    this.#become("ready");
  }

  /** @param {Event} event */
  #apply(event) {
    const { parent_message_id: parentId = 0 } = event.type === "message.created" ? event.message : event;
    if (event.thread_info) this.#window.setThread(parentId, event.thread_info);
    if (event.type === "message.created") this.#insert(event.message);
    else if (event.type === "message.updated") this.#window.revise(event.message);
    else if (event.type === "reaction.added") this.#window.react(event, true);
    else if (event.type === "reaction.removed") this.#window.react(event, false);
    else if (event.type === "message.deleted") this.#window.drop([event.message_id]);
    else if (event.type === "messages.erased") this.#window.drop(event.message_ids);
    else if (event.type === "channel.history_reset") this.#window.clear();
    else if (event.type === "messages.expired") this.#window.expire(event);
    this.changed.mark();
  }

  /**
   * The server's answer to a send. The stream has told of it by then, unless it was taken at an attempt before this one:
   * then it may be another one by now, or gone.
   * @param {Message} message
   */
  async #accept(message) {
    if (!this.outbox.has(message)) return;
    const params = { channel_url: this.#channel.url, message_id: message.message_id, include_reactions: true, include_thread_info: true };
    try {
      await this.#journal.join(
        () => persist(this.#connection, () => this.#connection.call("messages.view", params)),
        (found) => this.#insert(found),
        (event) => this.#apply(event),
      );
    } catch (/** @type {any} */ failure) {
      console.info("sent, and gone again:", failure.message);
      this.outbox.settle(message);
    }
  }

  /** @param {Message} message */
  #insert(message) {
    this.outbox.settle(message);
    if (message.created_at <= this.#channel.clearedTo) return;
    if (this.#isHere(message)) this.#window.insert(message, this.isReadFurtherUp);
    this.changed.mark();
  }

  /**
   * A reply is in its thread, and in the channel only when it was sent there too.
   * @param {Message} message
   */
  #isHere({ parent_message_id, is_reply_to_channel }) {
    if (this.#parentId) return parent_message_id === this.#parentId;
    return !parent_message_id || is_reply_to_channel === true;
  }

  /**
   * @param {ReactionMade} change
   * @param {boolean} isAdded
   */
  #react(change, isAdded) {
    this.#window.react(change, isAdded);
    this.changed.mark();
  }

  /** @param {Failure} failure */
  #fail(failure) {
    this.failure = failure;
    this.#become("failed");
  }

  /** @param {"loading" | "ready" | "failed"} state */
  #become(state) {
    this.state = state;
    this.changed.mark();
  }
}
