import { newIdentifier } from "./identifier.js";

const KEPT = 200;

/** The polls that messages show, each loaded when it is first looked at. */
export class Polls {
  #connection;
  #me;
  #polls = new Map();
  #failed;

  /** `failed()`: one could not be loaded, and is to be loaded with the rest later. */
  constructor(connection, me, failed) {
    this.#connection = connection;
    this.#me = me;
    this.#failed = failed;
  }

  /** A poll, loading or loaded. Rejects when what knows polls cannot be loaded itself. */
  async of(id) {
    const { Poll } = await import("./poll.js");
    const poll = this.#polls.get(id) ?? this.#begun(new Poll(this.#connection, this.#me, id));
    this.#polls.delete(id);
    this.#polls.set(id, poll);
    if (this.#polls.size > KEPT) this.#polls.delete(this.#polls.keys().next().value);
    return poll;
  }

  /** Make one, for a message to show it: its id. `closesAt` in ms, 0 for never. Rejects with a Failure. */
  async create({ title, options, allowsSeveral, allowsSuggestions, isAnonymous, closesAt }) {
    const query = {
      title, options, allow_multiple_votes: allowsSeveral, allow_user_suggestion: allowsSuggestions, is_anonymous: isAnonymous,
      close_at: closesAt ? Math.round(closesAt / 1000) : -1, req_id: newIdentifier(),
    };
    return (await this.#connection.call("polls.create", query)).id;
  }

  handle(event) {
    if (event.type.startsWith("poll.")) this.#polls.get(event.poll_id ?? event.poll.id)?.handle(event);
  }

  async load() {
    await Promise.all([...this.#polls.values()].map((poll) => poll.load()));
  }

  #begun(poll) {
    poll.load().catch(() => this.#failed());
    return poll;
  }
}
