import { withReaction, withoutReaction } from "./reactions.js";
/** @import { Ends, Message, ReactionMade, ThreadInfo } from "./types.js" */

// Above the one, messages at the end that nobody looks at are given up, down to the other.
const MAX_KEPT = 600;
const KEPT = 400;

/**
 * Some messages of a channel that follow each other without a gap, oldest first.
 *
 * Invariants: `messages` ascends by message_id and holds each id once; between its first and last message none is
 * missing. `hasOlder` and `hasNewer` say whether there is more beyond its ends; without `hasNewer` it reaches to now.
 */
export class Window {
  /** @type {Message[]} */
  messages = [];
  hasOlder = false;
  hasNewer = false;

  /**
   * @param {Message[]} messages
   * @param {Ends} ends
   */
  replace(messages, { hasOlder, hasNewer }) {
    Object.assign(this, { messages, hasOlder, hasNewer });
  }

  /** Nothing of it is there any more. */
  clear() {
    this.replace([], { hasOlder: false, hasNewer: false });
  }

  /**
   * The page that ends where this begins.
   * @param {Message[]} messages
   * @param {boolean} hasOlder
   */
  prepend(messages, hasOlder) {
    this.messages = [...messages, ...this.messages];
    this.hasOlder = hasOlder;
    this.#giveUpNewest();
  }

  /**
   * The page that begins where this ends.
   * @param {Message[]} messages
   * @param {boolean} hasNewer
   */
  append(messages, hasNewer) {
    this.messages = [...this.messages, ...messages];
    this.hasNewer = hasNewer;
    this.#giveUpOldest();
  }

  /**
   * A message that was sent. `isReadFurtherUp`: what is given up then is not what somebody reads.
   * @param {Message} message
   * @param {boolean} isReadFurtherUp
   */
  insert(message, isReadFurtherUp) {
    const { message_id } = message;
    const before = this.messages.findLastIndex((known) => known.message_id <= message_id);
    const isKnown = this.messages[before]?.message_id === message_id;
    // What lies beyond an end belongs to a page that is not loaded.
    const isBefore = before === -1 && this.hasOlder && this.messages.length > 0;
    const isAfter = before === this.messages.length - 1 && this.hasNewer;
    if (isKnown || isBefore || isAfter) return;
    this.messages = [...this.messages.slice(0, before + 1), message, ...this.messages.slice(before + 1)];
    if (isReadFurtherUp) this.#giveUpNewest();
    else this.#giveUpOldest();
  }

  /**
   * A message as it is now; what is older than what is known changes nothing.
   * @param {Message} message
   */
  revise(message) {
    const at = this.#indexOf(message.message_id);
    if (at < 0 || message.updated_at < this.messages[at].updated_at) return;
    // What comes with an event says nothing of reactions and replies; who edits does not take them away.
    const { reactions, thread_info } = this.messages[at];
    this.#put(at, { reactions, thread_info, ...message });
  }

  /**
   * @param {ReactionMade} change
   * @param {boolean} isAdded
   */
  react(change, isAdded) {
    const at = this.#indexOf(change.message_id);
    if (at < 0) return;
    this.#put(at, (isAdded ? withReaction : withoutReaction)(this.messages[at], change));
  }

  /**
   * How the thread of a message stands now.
   * @param {number} messageId
   * @param {ThreadInfo} thread_info
   */
  setThread(messageId, thread_info) {
    const at = this.#indexOf(messageId);
    if (at >= 0) this.#put(at, { ...this.messages[at], thread_info });
  }

  /** @param {number[]} messageIds */
  drop(messageIds) {
    this.messages = this.messages.filter((message) => !messageIds.includes(message.message_id));
  }

  /**
   * What was sent at a place or before is too old to be kept.
   * @param {{ created_at: number, message_id: number }} place
   */
  expire(place) {
    const kept = this.messages.filter((message) => !hasExpired(message, place));
    if (kept.length === this.messages.length) return;
    this.messages = kept;
    this.hasOlder = false;
  }

  /** @param {number} messageId */
  find(messageId) {
    return this.messages[this.#indexOf(messageId)] ?? null;
  }

  /**
   * Another list, since views compare lists.
   * @param {number} at
   * @param {Message} message
   */
  #put(at, message) {
    this.messages = this.messages.map((known, index) => (index === at ? message : known));
  }

  /** @param {number} messageId */
  #indexOf(messageId) {
    return this.messages.findIndex((known) => known.message_id === messageId);
  }

  #giveUpOldest() {
    if (this.messages.length <= MAX_KEPT) return;
    this.messages = this.messages.slice(-KEPT);
    this.hasOlder = true;
  }

  #giveUpNewest() {
    if (this.messages.length <= MAX_KEPT) return;
    this.messages = this.messages.slice(0, KEPT);
    this.hasNewer = true;
  }
}

/**
 * Whether a message of the channel is gone with all that were sent at a place or before, by time and then by id.
 * @param {Message} message
 * @param {{ created_at: number, message_id: number }} place
 */
export function hasExpired({ created_at, message_id }, place) {
  return created_at < place.created_at || (created_at === place.created_at && message_id <= place.message_id);
}
