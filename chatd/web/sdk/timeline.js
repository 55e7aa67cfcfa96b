import { Journal } from "./journal.js";
import { Outbox } from "./outbox.js";
import { Change } from "./signal.js";
import { Window } from "./window.js";

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
  /** "loading", "ready" or "failed". */
  state = "loading";
  /** True while a person reads further up: what they read is not given up. */
  isReadFurtherUp = false;

  #connection;
  #channel;
  #me;
  #parentId;
  #window = new Window();
  #journal = new Journal();
  // The place that was asked for last, until the window reaches to now.
  #around = null;
  #loads = 0;
  #readTo = 0;
  #older = null;
  #newer = null;

  /** Of the channel itself, or of the replies to a message of it: `parentId` is its message_id. */
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

  /** Begin with what was kept. */
  restore({ messages, hasOlder }) {
    this.#replace(messages, { hasOlder, hasNewer: false });
  }

  find(messageId) {
    return this.#window.find(messageId);
  }

  /** Load what is to be seen again: around its middle when somebody reads further up, else the end. */
  load() {
    if (this.#around === null && !this.hasNewer) return this.loadEnd();
    const middle = this.hasNewer ? this.messages[this.messages.length >> 1] : null;
    return this.loadAround(middle ? { message_id: middle.message_id } : this.#around);
  }

  /** The newest page, long enough to hold all that is unread. */
  loadEnd() {
    this.#around = null;
    const kept = this.hasNewer ? 0 : this.messages.length;
    const limit = Math.min(Math.max(PAGE, this.#channel.unread + 20, kept), MAX_PAGE);
    const query = { message_ts: END_OF_TIME, prev_limit: limit, next_limit: 0, include: false };
    return this.#begin(query, (messages) => ({ hasOlder: messages.length === limit, hasNewer: false }));
  }

  /** A page on both sides of a place: {message_id}, or {message_ts} in ms. */
  loadAround(place) {
    this.#around = place;
    const query = { ...place, prev_limit: PAGE, next_limit: PAGE, include: true };
    const isBefore = ({ message_id, created_at }) =>
      place.message_id === undefined ? created_at < place.message_ts : message_id < place.message_id;
    const isAfter = ({ message_id, created_at }) =>
      place.message_id === undefined ? created_at > place.message_ts : message_id > place.message_id;
    return this.#begin(query, (messages) => ({
      hasOlder: messages.filter(isBefore).length >= PAGE,
      hasNewer: messages.filter(isAfter).length >= PAGE,
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

  handle(event) {
    this.#journal.note(event);
    this.#apply(event);
  }

  /** A text, files of the browser, or both. `more`: further parameters of `messages.send`. */
  send(text, files = [], more = {}) {
    this.outbox.add(text, files, more);
  }

  /** Of a thread: all that is here has been read. */
  async markRead() {
    const last = this.messages.at(-1)?.message_id ?? 0;
    if (last <= this.#readTo) return;
    this.#readTo = last;
    const params = { channel_url: this.#channel.url, message_id: this.#parentId, reply_id: last };
    await this.#connection.call("threads.mark_read", params).catch((failure) => console.info("thread not marked:", failure.message));
  }

  /** `more`: further parameters of `messages.update`. */
  async edit(message, text, more = {}) {
    const params = { ...more, channel_url: this.#channel.url, message_id: message.message_id, message: text };
    this.#window.revise(await this.#connection.call("messages.update", params));
    this.changed.mark();
  }

  async remove(message) {
    const params = { channel_url: this.#channel.url, message_id: message.message_id };
    await this.#connection.call("messages.delete", params);
    this.#window.drop([message.message_id]);
    this.changed.mark();
  }

  /** Add this person's reaction to a message, or take it back: shown at once, and undone when the server refuses. */
  async react(message, reaction, isAdded) {
    const { message_id } = message;
    const change = { message_id, reaction, user_id: this.#me.user_id, updated_at: Date.now() };
    this.#react(change, isAdded);
    try {
      const params = { channel_url: this.#channel.url, message_id, reaction };
      await this.#connection.call(isAdded ? "reactions.add" : "reactions.remove", params);
    } catch (failure) {
      this.#react(change, !isAdded);
      throw failure;
    }
  }

  /** Load a window of its own; one that was begun later wins. */
  async #begin(query, ends) {
    const generation = ++this.#loads;
    try {
      await this.#journal.join(
        () => this.#fetch(query),
        (messages) => generation === this.#loads && this.#replace(messages, ends(messages)),
        (event) => this.#apply(event),
      );
    } catch (failure) {
      if (generation === this.#loads && this.state === "loading") this.#become("failed");
      throw failure;
    }
  }

  async #loadOlder() {
    const [{ message_id }] = this.messages;
    await this.#journal.join(
      () => this.#fetch({ message_id, prev_limit: PAGE, next_limit: 0, include: false }),
      // Only to where it fits: the beginning may have moved meanwhile.
      (messages) => this.messages[0]?.message_id === message_id && this.#window.prepend(messages, messages.length === PAGE),
      (event) => this.#apply(event),
    );
  }

  async #loadNewer() {
    const { message_id } = this.messages.at(-1);
    await this.#journal.join(
      () => this.#fetch({ message_id, prev_limit: 0, next_limit: PAGE, include: false }),
      (messages) => this.messages.at(-1)?.message_id === message_id && this.#append(messages),
      (event) => this.#apply(event),
    );
  }

  #append(messages) {
    this.#window.append(messages, messages.length === PAGE);
    if (!this.hasNewer) this.#around = null;
  }

  async #fetch(query) {
    const which = this.#parentId ? { parent_message_id: this.#parentId } : { include_reply_type: "ONLY_REPLY_TO_CHANNEL" };
    const params = { channel_url: this.#channel.url, include_reactions: true, include_thread_info: true, ...which, ...query };
    const { messages } = await this.#connection.call("messages.list", params);
    this.#channel.recognize(messages);
    return messages;
  }

  #replace(messages, ends) {
    this.#window.replace(messages, ends);
    messages.forEach((message) => this.outbox.settle(message));
    this.#become("ready");
  }

  #apply(event) {
    if (event.thread_info) this.#window.setThread(event.message?.parent_message_id ?? event.parent_message_id, event.thread_info);
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

  /** The server's answer to a send: it may come before the event, or after it. */
  #accept(message) {
    this.#journal.note({ type: "message.created", message });
    this.#insert(message);
    this.#channel.receive(message);
  }

  #insert(message) {
    this.outbox.settle(message);
    if (message.created_at <= this.#channel.clearedTo) return;
    if (this.#isHere(message)) this.#window.insert(message, this.isReadFurtherUp);
    this.changed.mark();
  }

  /** A reply is in its thread, and in the channel only when it was sent there too. */
  #isHere({ parent_message_id, is_reply_to_channel }) {
    if (this.#parentId) return parent_message_id === this.#parentId;
    return !parent_message_id || is_reply_to_channel === true;
  }

  #react(change, isAdded) {
    this.#window.react(change, isAdded);
    this.changed.mark();
  }

  #become(state) {
    this.state = state;
    this.changed.mark();
  }
}
