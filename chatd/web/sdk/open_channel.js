import { listMessages } from "./history.js";
import { Journal } from "./journal.js";
import { Keeper } from "./keeper.js";
import { Outbox } from "./outbox.js";
import { Change } from "./signal.js";
import { Window } from "./window.js";
/** @import { Failure } from "./failure.js" */
/** @import { Event, Message, SendMore, TimelineParts, Upload } from "./types.js" */

const PAGE = 50;

/**
 * An open channel that this person is in, until they leave: its newest messages, those on their way, and how many are there.
 *
 * Of what a large audience says at once the server tells a part; `skipped` counts the rest, which `load` brings.
 */
export class OpenChannel {
  changed = new Change();
  /**
   * "ended" when it was left or deleted, or this person may not be in it.
   * @type {"entering" | "in" | "ended"}
   */
  state = "entering";
  name = "";
  participantCount = 0;
  skipped = 0;

  #connection;
  #window = new Window();
  #journal = new Journal();
  #loadedTo = 0;
  #leave;

  /**
   * @param {Omit<TimelineParts, "keeper">} parts
   * @param {string} url
   */
  constructor({ connection, uploads }, url) {
    this.url = url;
    this.#connection = connection;
    this.outbox = new Outbox(connection, uploads, { channel_url: url }, {
      changed: this.changed,
      accepted: async (message) => this.#accept(message),
      keeper: new Keeper(""), // Who is no member comes for a while: nothing of it is kept.
    });
    this.#leave = connection.enter(`open:${url}`, {
      entered: (whole) => this.#onEntered(whole),
      told: (event) => this.#handle(event),
      ended: () => this.#become("ended"),
    });
  }

  /** Oldest first, without a gap but for what was skipped. */
  get messages() {
    return this.#window.messages;
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

  /** The newest page anew. Rejects with a Failure. */
  async load() {
    await this.#journal.join(
      () => this.#fetch(),
      ({ channel, messages }) => {
        this.name = channel.name;
        this.participantCount = channel.participant_count ?? this.participantCount;
        this.skipped = 0;
        this.#loadedTo = messages.at(-1)?.message_id ?? 0;
        this.#window.replace(messages, { hasOlder: messages.length === PAGE, hasNewer: false });
        messages.forEach((message) => this.outbox.settle(message));
      },
      (event) => this.#apply(event),
    );
    this.#become("in");
  }

  leave() {
    this.#leave();
    this.#become("ended");
  }

  async #fetch() {
    const newest = { channel_url: this.url, message_ts: Number.MAX_SAFE_INTEGER, prev_limit: PAGE, next_limit: 0 };
    const [channel, messages] = await Promise.all([
      this.#connection.call("open_channels.view", { channel_url: this.url }),
      listMessages(this.#connection, newest),
    ]);
    return { channel, messages };
  }

  /** @param {boolean} whole */
  #onEntered(whole) {
    this.outbox.flush();
    if (!whole) this.load().catch((/** @type {Failure} */ failure) => this.#failed(failure));
  }

  /** @param {Failure} failure */
  #failed(failure) {
    console.info("open channel not loaded:", failure.message);
    if (this.state === "entering") this.#connection.timers.after(2_000, () => this.#onEntered(false));
  }

  /** @param {Event} event */
  #handle(event) {
    this.#journal.note(event);
    this.#apply(event);
    this.changed.mark();
  }

  /** @param {Event} event */
  #apply(event) {
    if (event.type === "message.created") this.#insert(event.message);
    else if (event.type === "message.updated") this.#window.revise(event.message);
    else if (event.type === "message.deleted") this.#window.drop([event.message_id]);
    else if (event.type === "messages.erased") this.#window.drop(event.message_ids);
    else if (event.type === "messages.expired") this.#window.expire(event);
    else if (event.type === "messages.skipped") this.#skip(event);
    else if (event.type === "participants.changed") this.participantCount = event.participant_count;
    else if (event.type === "channel.updated") this.name = event.channel.name;
  }

  /**
   * What is here already, since it was loaded, recovered, or written by this person, was not skipped.
   * @param {{ first_message_id: number, last_message_id: number, count: number }} event
   */
  #skip({ first_message_id, last_message_id, count }) {
    const known = this.messages.filter(({ message_id }) => message_id >= first_message_id && message_id <= last_message_id);
    if (last_message_id > this.#loadedTo) this.skipped += count - known.length;
  }

  /** @param {Message} message */
  #accept(message) {
    this.#journal.note({ type: "message.created", channel_url: this.url, message });
    this.#insert(message);
    this.changed.mark();
  }

  /** @param {Message} message */
  #insert(message) {
    this.outbox.settle(message);
    this.#window.insert(message, false);
  }

  /** @param {"in" | "ended"} state */
  #become(state) {
    this.state = state;
    this.changed.mark();
  }
}
