import { Journal } from "./journal.js";
import { persist } from "./persist.js";
import { Change } from "./signal.js";
/** @import { Connection } from "./connection.js" */
/** @import { Timer } from "./timers.js" */
/** @import { Event, EventOf, Me, PollOption, PollOptionResource, PollResource } from "./types.js" */

// Of each option so many voters are known by name; the rest is asked for.
const VOTERS = 10;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** One poll as this person sees it, kept up to date by events once it is loaded. */
export class Poll {
  changed = new Change();
  /**
   * "loading", "ready", or "gone".
   * @type {"loading" | "ready" | "gone"}
   */
  state = "loading";
  title = "";
  /** @type {PollOption[]} */
  options = [];
  /**
   * The option ids that this person has chosen.
   * @type {number[]}
   */
  chosen = [];
  voterCount = 0;
  isAnonymous = false;
  allowsSeveral = false;
  allowsSuggestions = false;
  /** Who made it. */
  createdBy = "";
  /** When it closes by itself, in ms; 0 for never. */
  closesAt = 0;

  #connection;
  #me;
  #isClosed = false;
  #journal = new Journal();
  /** @type {Timer | undefined} */
  #timer;

  /**
   * @param {Connection} connection
   * @param {Me} me
   * @param {number} id
   */
  constructor(connection, me, id) {
    this.#connection = connection;
    this.#me = me;
    this.id = id;
  }

  get isOpen() {
    return this.state === "ready" && !this.#isClosed && (this.closesAt === 0 || Date.now() < this.closesAt);
  }

  /** Rejects with a Failure; what is not there any more is gone. */
  async load() {
    try {
      await this.#journal.join(
        () => this.#connection.call("polls.view", { poll_id: this.id, show_partial_voter_list: true }),
        (resource) => this.#take(resource),
        (event) => this.#apply(event),
      );
    } catch (/** @type {any} */ failure) {
      if (failure.temporary) throw failure;
      this.#become("gone");
    }
  }

  /** @param {Event} event */
  handle(event) {
    this.#journal.note(event);
    this.#apply(event);
  }

  /**
   * Choose these options and no others: shown at once, and undone when the server refuses.
   * @param {number[]} optionIds
   */
  async vote(optionIds) {
    const before = this.chosen;
    this.#choose(this.#me.user_id, optionIds);
    try {
      // The answer may be older than what others have chosen meanwhile: the counts come as an event.
      await this.#connection.call("polls.vote", { poll_id: this.id, option_ids: optionIds });
    } catch (/** @type {any} */ failure) {
      this.#choose(this.#me.user_id, before);
      // It may have been done although no answer came.
      persist(this.#connection, () => this.load()).catch((unread) => console.info("poll not loaded:", unread.message));
      throw failure;
    }
  }

  /**
   * Another option; everybody is told of it, this person too.
   * @param {string} text
   */
  suggest(text) {
    return this.#connection.call("polls.add_option", { poll_id: this.id, text });
  }

  /** For good. */
  close() {
    return this.#connection.call("polls.close", { poll_id: this.id });
  }

  /**
   * Have another title, or close at another time: `closesAt` in ms, 0 for never.
   * @param {{ title?: string, closesAt?: number }} change
   */
  update({ title, closesAt }) {
    return this.#connection.call("polls.update", { poll_id: this.id, title, close_at: closesAt ? Math.round(closesAt / 1000) : -1 });
  }

  /**
   * A page of those who chose an option: {voters, next}.
   * @param {number} optionId
   * @param {string} [token]
   */
  voters(optionId, token = "") {
    return this.#connection.call("polls.list_voters", { poll_id: this.id, option_id: optionId, token });
  }

  /** @param {Event} event */
  #apply(event) {
    if (event.type === "poll.updated") this.#take(event.poll);
    else if (event.type === "poll.voted") this.#count(event);
    else if (event.type === "poll.deleted") this.#become("gone");
  }

  /**
   * A poll as the server has it; who chose what is only said by some answers.
   * @param {PollResource} resource
   */
  #take(resource) {
    if (resource.status === "removed") return this.#become("gone");
    const known = new Map(this.options.map((option) => [option.id, option.voters]));
    this.title = resource.title;
    this.options = resource.options.map((option) => withVoters(option, known.get(option.id) ?? []));
    this.chosen = resource.voted_option_ids ?? this.chosen.filter((id) => this.options.some((option) => option.id === id));
    this.voterCount = resource.voter_count;
    this.isAnonymous = resource.is_anonymous;
    this.allowsSeveral = resource.allow_multiple_votes;
    this.allowsSuggestions = resource.allow_user_suggestion;
    this.createdBy = resource.created_by;
    this.closesAt = Math.max(resource.close_at, 0) * 1000;
    this.#isClosed = resource.status === "closed";
    this.#watchClock();
    this.#become("ready");
  }

  /**
   * Somebody has voted: the counts are those of now.
   * @param {EventOf<"poll.voted">} event
   */
  #count({ voter_count, options, user_id, option_ids }) {
    const counts = new Map(options.map(({ id, vote_count }) => [id, vote_count]));
    this.voterCount = voter_count;
    this.options = this.options.map((option) => ({ ...option, voteCount: counts.get(option.id) ?? option.voteCount }));
    if (user_id) this.#note(user_id, option_ids ?? []);
    this.changed.mark();
  }

  /**
   * A vote of somebody, counted here before the server has.
   * @param {string} userId
   * @param {number[]} optionIds
   */
  #choose(userId, optionIds) {
    const difference = (/** @type {number} */ id) => Number(optionIds.includes(id)) - Number(this.chosen.includes(id));
    this.voterCount += Number(optionIds.length > 0) - Number(this.chosen.length > 0);
    this.options = this.options.map((option) => ({ ...option, voteCount: option.voteCount + difference(option.id) }));
    this.chosen = optionIds;
    if (!this.isAnonymous) this.#note(userId, optionIds);
    this.changed.mark();
  }

  /**
   * Who has chosen what.
   * @param {string} userId
   * @param {number[]} optionIds
   */
  #note(userId, optionIds) {
    if (userId === this.#me.user_id) this.chosen = optionIds;
    this.options = this.options.map((option) => {
      const others = option.voters.filter((id) => id !== userId);
      return { ...option, voters: optionIds.includes(option.id) ? [...others, userId].slice(0, VOTERS) : others };
    });
  }

  /** It closes by itself, without a word from the server. */
  #watchClock() {
    const { timers } = this.#connection;
    timers.cancel(this.#timer);
    const left = this.closesAt - Date.now();
    if (this.closesAt > 0 && left > 0 && left < LONGEST_TIMER_MS) this.#timer = timers.after(left + 50, () => this.changed.mark());
  }

  /** @param {"loading" | "ready" | "gone"} state */
  #become(state) {
    this.state = state;
    this.changed.mark();
  }
}

/**
 * {id, text, voteCount, voters, createdBy}; `voters` are user_ids, the first few.
 * @param {PollOptionResource} option
 * @param {string[]} known
 * @returns {PollOption}
 */
function withVoters({ id, text, vote_count, created_by, partial_voter_list }, known) {
  return { id, text, voteCount: vote_count, createdBy: created_by, voters: partial_voter_list?.map(({ user_id }) => user_id) ?? known };
}
