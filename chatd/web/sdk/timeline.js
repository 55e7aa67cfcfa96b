import { Journal } from "./journal.js";
import { Outbox } from "./outbox.js";
import { withReaction, withoutReaction } from "./reactions.js";
import { Change } from "./signal.js";

const PAGE = 50;
const MAX_PAGE = 200;
// A busy channel that is open for days: above the one, the oldest messages are given up down to the other.
const MAX_KEPT = 600;
const KEPT = 400;
// Later than any message: the place from which the newest page is asked for (ms).
const END_OF_TIME = 4_000_000_000_000;

/**
 * The newest messages of a channel without a gap, oldest first, down to some point in the past.
 *
 * Invariants: `messages` ascends by message_id and holds each id once; between its first and last message none is
 * missing; it reaches to now. When the stream cannot prove that nothing was missed, `load` starts over.
 */
export class Timeline {
  changed = new Change();
  messages = [];
  hasOlder = false;
  /** "loading", "ready" or "failed". */
  state = "loading";
  /** True while a person reads further up: nothing is given up then. */
  isReadFurtherUp = false;

  #connection;
  #channel;
  #me;
  #journal = new Journal();
  #loads = 0;
  #older = null;

  constructor(connection, uploads, channel, me) {
    this.#connection = connection;
    this.#channel = channel;
    this.#me = me;
    this.outbox = new Outbox(connection, uploads, channel.url, {
      changed: this.changed,
      accepted: (message) => this.#accept(message),
    });
  }

  /** The newest page, long enough to hold all that is unread. */
  async load() {
    const generation = ++this.#loads;
    const limit = Math.min(Math.max(PAGE, this.#channel.unread + 20, this.messages.length), MAX_PAGE);
    const query = { message_ts: END_OF_TIME, prev_limit: limit };
    try {
      await this.#journal.join(
        () => this.#fetch(query),
        (messages) => generation === this.#loads && this.#replace(messages, limit),
        (event) => this.#apply(event),
      );
    } catch (failure) {
      if (generation === this.#loads && this.state === "loading") this.#become("failed");
      throw failure;
    }
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

  get isLoadingOlder() {
    return this.#older !== null;
  }

  /** The newest message of this person that can still be edited. */
  get lastOwn() {
    return this.messages.findLast((message) => message.user?.user_id === this.#me.user_id) ?? null;
  }

  handle(event) {
    this.#journal.note(event);
    this.#apply(event);
  }

  /** A text, files of the browser, or both. */
  send(text, files = []) {
    this.outbox.add(text, files);
  }

  async edit(message, text) {
    const params = { channel_url: this.#channel.url, message_id: message.message_id, message: text };
    this.#revise(await this.#connection.call("messages.update", params));
  }

  async remove(message) {
    const params = { channel_url: this.#channel.url, message_id: message.message_id };
    await this.#connection.call("messages.delete", params);
    this.#drop([message.message_id]);
  }

  /** Add this person's reaction to a message, or take it back: shown at once, and undone when the server refuses. */
  async react(message, reaction, isAdded) {
    const { message_id } = message;
    const change = { message_id, reaction, user_id: this.#me.user_id, updated_at: Date.now() };
    this.#react(change, isAdded);
    try {
      await this.#connection.call(isAdded ? "reactions.add" : "reactions.remove", { channel_url: this.#channel.url, message_id, reaction });
    } catch (failure) {
      this.#react(change, !isAdded);
      throw failure;
    }
  }

  async #loadOlder() {
    const [{ message_id }] = this.messages;
    await this.#journal.join(
      () => this.#fetch({ message_id, prev_limit: PAGE }),
      // Only to where it fits: the beginning may have moved meanwhile.
      (messages) => this.messages[0]?.message_id === message_id && this.#prepend(messages),
      (event) => this.#apply(event),
    );
  }

  async #fetch(query) {
    const params = { channel_url: this.#channel.url, next_limit: 0, include: false, include_reactions: true, ...query };
    return (await this.#connection.call("messages.list", params)).messages;
  }

  #replace(messages, limit) {
    this.messages = messages;
    this.hasOlder = messages.length === limit;
    messages.forEach((message) => this.outbox.settle(message));
    this.#become("ready");
  }

  #prepend(messages) {
    this.messages = [...messages, ...this.messages];
    this.hasOlder = messages.length === PAGE;
  }

  #apply(event) {
    if (event.type === "message.created") this.#insert(event.message);
    else if (event.type === "message.updated") this.#revise(event.message);
    else if (event.type === "reaction.added") this.#react(event, true);
    else if (event.type === "reaction.removed") this.#react(event, false);
    else if (event.type === "message.deleted") this.#drop([event.message_id]);
    else if (event.type === "messages.erased") this.#drop(event.message_ids);
    else if (event.type === "messages.expired") this.#expire(event);
  }

  /** The server's answer to a send: it may come before the event, or after it. */
  #accept(message) {
    this.#journal.note({ type: "message.created", message });
    this.#insert(message);
    this.#channel.receive(message);
  }

  #insert(message) {
    this.outbox.settle(message);
    const oldest = this.messages[0]?.message_id ?? 0;
    const before = this.messages.findLastIndex((known) => known.message_id <= message.message_id);
    const isKnown = this.messages[before]?.message_id === message.message_id;
    // What is older than the window belongs to a page that is not loaded.
    if (!isKnown && !(this.hasOlder && message.message_id < oldest)) this.messages.splice(before + 1, 0, message);
    if (!this.isReadFurtherUp && this.messages.length > MAX_KEPT) this.#giveUpOldest();
    this.changed.mark();
  }

  #giveUpOldest() {
    this.messages = this.messages.slice(-KEPT);
    this.hasOlder = true;
  }

  #revise(message) {
    const at = this.messages.findIndex((known) => known.message_id === message.message_id);
    if (at < 0 || message.updated_at < this.messages[at].updated_at) return;
    // What comes with an event says nothing of reactions; who edits does not take them away.
    this.messages[at] = { reactions: this.messages[at].reactions, ...message };
    this.changed.mark();
  }

  #react(change, isAdded) {
    const at = this.messages.findIndex((known) => known.message_id === change.message_id);
    if (at < 0) return;
    this.messages[at] = (isAdded ? withReaction : withoutReaction)(this.messages[at], change);
    this.changed.mark();
  }

  #drop(messageIds) {
    this.messages = this.messages.filter((message) => !messageIds.includes(message.message_id));
    this.changed.mark();
  }

  /** What was sent at a place or before is too old to be kept. */
  #expire({ created_at, message_id }) {
    const isKept = (message) =>
      message.created_at > created_at || (message.created_at === created_at && message.message_id > message_id);
    if (this.messages.every(isKept)) return;
    this.messages = this.messages.filter(isKept);
    this.hasOlder = false;
    this.changed.mark();
  }

  #become(state) {
    this.state = state;
    this.changed.mark();
  }
}
