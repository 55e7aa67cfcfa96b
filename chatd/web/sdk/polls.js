import { newIdentifier } from "./identifier.js";
import { moves } from "./moves.js";
/** @import { Connection } from "./connection.js" */
/** @import { Poll } from "./poll.js" */
/** @import { Event, Me } from "./types.js" */

const KEPT = 200;

/** The polls that messages show, each loaded when it is first looked at. */
export class Polls {
  #connection;
  #me;
  /** @type {Map<number, Poll>} */
  #polls = new Map();
  #failed;

  /**
   * `failed()`: one could not be loaded, and is to be loaded with the rest later.
   * @param {Connection} connection
   * @param {Me} me
   * @param {() => void} failed
   */
  constructor(connection, me, failed) {
    this.#connection = connection;
    this.#me = me;
    this.#failed = failed;
  }

  /**
   * A poll, loading or loaded. Rejects when what knows polls cannot be loaded itself.
   * @param {number} id
   * @returns {Promise<Poll>}
   */
  async of(id) {
    const { Poll } = await import("./poll.js");
    const poll = this.#polls.get(id) ?? this.#begun(new Poll(this.#connection, this.#me, id));
    this.#polls.delete(id);
    this.#polls.set(id, poll);
    for (const oldest of this.#polls.keys()) if (this.#polls.size > KEPT) this.#polls.delete(oldest);
    return poll;
  }

  /**
   * Make one, for a message to show it: its id. `closesAt` in ms, 0 for never. Rejects with a Failure.
   * @param {{ title: string, options: string[], allowsSeveral?: boolean, allowsSuggestions?: boolean, isAnonymous?: boolean, closesAt?: number }} wanted
   */
  async create({ title, options, allowsSeveral, allowsSuggestions, isAnonymous, closesAt }) {
    const query = {
      title, options, allow_multiple_votes: allowsSeveral, allow_user_suggestion: allowsSuggestions, is_anonymous: isAnonymous,
      close_at: closesAt ? Math.round(closesAt / 1000) : -1, req_id: newIdentifier(),
    };
    return (await this.#connection.call("polls.create", query)).id;
  }

  /** @param {Event} event */
  handle(event) {
    if ("poll_id" in event) this.#polls.get(event.poll_id)?.handle(event);
    else if ("poll" in event) this.#polls.get(event.poll.id)?.handle(event);
    // Who is in no channel hears nothing of its polls.
    if (moves(event, this.#me.user_id)) this.load().catch(() => this.#failed());
  }

  async load() {
    await Promise.all([...this.#polls.values()].map((poll) => poll.load()));
  }

  /** @param {Poll} poll */
  #begun(poll) {
    poll.load().catch(() => this.#failed());
    return poll;
  }
}
