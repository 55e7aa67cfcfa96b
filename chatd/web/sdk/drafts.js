import { Journal } from "./journal.js";
import { Change } from "./signal.js";
/** @import { Connection } from "./connection.js" */
/** @import { Timer } from "./timers.js" */
/** @import { DraftResource, Event } from "./types.js" */

/** @typedef {{ channel_url: string, parent_message_id: number, message: string }} Unsaved */

// What is being written is kept after a pause, and while there is none every few seconds.
const PAUSE_MS = 800;
const LATEST_MS = 4_000;
const MAX_LENGTH = 5000;

/** What this person has begun to write in one place. On the server too, and so on their other devices. */
export class Draft {
  text = "";
  /** It is another one now, because of what was done elsewhere. */
  changed = new Change();

  #place;
  #connection;
  #told;
  /**
   * What the server has; null while that is not known.
   * @type {string | null}
   */
  #saved = "";
  /** @type {string | null} */
  #sending = null;
  #isEchoed = false;
  /** @type {Timer | undefined} */
  #timer;
  #since = 0;

  /**
   * `place`: {channel_url, parent_message_id}. `told()`: it began, ended, or is another one.
   * @param {Connection} connection
   * @param {{ channel_url: string, parent_message_id: number }} place
   * @param {() => void} told
   */
  constructor(connection, place, told) {
    this.#connection = connection;
    this.#place = place;
    this.#told = told;
  }

  get isEmpty() {
    return this.text.trim() === "";
  }

  /** What the server is not known to have; null when it has everything. */
  get unsaved() {
    return this.#wanted === this.#saved ? null : { ...this.#place, message: this.#wanted };
  }

  /**
   * The text as it is now, with each letter: the server is told less often.
   * @param {string} text
   */
  write(text) {
    if (text === this.text) return;
    const wasEmpty = this.isEmpty;
    this.text = text;
    if (this.isEmpty !== wasEmpty) this.#told();
    this.#since ||= Date.now();
    this.#later(Math.max(0, Math.min(PAUSE_MS, this.#since + LATEST_MS - Date.now())));
  }

  /** It was sent, or put away. */
  clear() {
    this.write("");
    this.save();
  }

  /** Tell the server now, when there is something to tell and a connection. */
  async save() {
    this.#connection.timers.cancel(this.#timer);
    this.#since = 0;
    const text = this.#wanted;
    const canSave = this.#sending === null && this.#connection.state === "connected" && [...text].length <= MAX_LENGTH;
    if (!canSave || text === this.#saved) return;
    this.#sending = text;
    this.#isEchoed = false;
    try {
      await this.#connection.call("drafts.set", { ...this.#place, message: text });
      if (!this.#isEchoed) this.#saved = text;
      this.#later(0);
    } catch (/** @type {any} */ failure) {
      console.info("draft not saved:", failure.message);
      // It may have come there although no answer did; what the server refuses is only here.
      if (failure.temporary) this.#later(LATEST_MS);
      if (!this.#isEchoed) this.#saved = failure.temporary ? null : text;
    } finally {
      this.#sending = null;
    }
  }

  /**
   * What the server has, by an event or anew; what was written here and is not there yet is newer.
   * @param {string} message
   */
  take(message) {
    // Also when this person has gone back meanwhile to what was there before.
    const isNewerHere = this.#wanted !== this.#saved || (this.#sending !== null && !this.#isEchoed);
    if (message === this.#sending) this.#isEchoed = true;
    this.#saved = message;
    if (isNewerHere || message === this.#wanted) return;
    this.text = message;
    this.changed.mark();
    this.#told();
  }

  /** @param {number} pause */
  #later(pause) {
    this.#connection.timers.cancel(this.#timer);
    this.#timer = this.#connection.timers.after(pause, () => this.save());
  }

  /** What is to be on the server. */
  get #wanted() {
    return this.isEmpty ? "" : this.text;
  }
}

/** What this person has begun to write, everywhere. */
export class Drafts {
  /** Some draft began, ended or came from elsewhere. */
  changed = new Change();

  #connection;
  /** @type {Map<string, Draft>} */
  #drafts = new Map();
  #journal = new Journal();

  /** @param {Connection} connection */
  constructor(connection) {
    this.#connection = connection;
  }

  /**
   * The one in a channel, or in the thread of a message.
   * @param {string} channelUrl
   * @param {number} [parentId]
   */
  at(channelUrl, parentId = 0) {
    const key = `${channelUrl} ${parentId}`;
    if (!this.#drafts.has(key)) {
      const place = { channel_url: channelUrl, parent_message_id: parentId };
      this.#drafts.set(key, new Draft(this.#connection, place, () => this.changed.mark()));
    }
    return /** @type {Draft} */ (this.#drafts.get(key));
  }

  /**
   * Whether something was begun in a channel.
   * @param {string} channelUrl
   */
  has(channelUrl) {
    return this.#drafts.get(`${channelUrl} 0`)?.isEmpty === false;
  }

  /** What the server has; what was written here meanwhile is saved. */
  async load() {
    await this.#journal.join(
      () => this.#pages(),
      (found) => this.#replace(found),
      (event) => this.#apply(event),
    );
    this.flush();
  }

  /** Save what is not saved yet. */
  flush() {
    this.#drafts.forEach((draft) => draft.save());
  }

  /**
   * What the server is not known to have: for a page that goes away, and may be gone before the server is told.
   * @returns {Unsaved[]}
   */
  get unsaved() {
    return [...this.#drafts.values()].map((draft) => draft.unsaved).filter((unsaved) => unsaved !== null);
  }

  /**
   * Go on with what was `unsaved` when the page went away.
   * @param {Unsaved[]} drafts
   */
  restore(drafts) {
    drafts.forEach(({ channel_url, parent_message_id, message }) => this.at(channel_url, parent_message_id).write(message));
  }

  /** @param {Event} event */
  handle(event) {
    this.#journal.note(event);
    this.#apply(event);
  }

  async #pages() {
    /** @type {DraftResource[]} */
    const found = [];
    let next = "";
    do {
      const page = await this.#connection.call("drafts.list", { token: next });
      found.push(...page.drafts);
      next = page.next;
    } while (next);
    return found;
  }

  /** @param {DraftResource[]} found */
  #replace(found) {
    const there = new Set(found.map((draft) => this.#take(draft)));
    this.#drafts.forEach((draft) => there.has(draft) || draft.take(""));
  }

  /** @param {Event} event */
  #apply(event) {
    if (event.type === "draft.changed") this.#take(event.draft);
  }

  /** @param {DraftResource} draft */
  #take({ channel_url, parent_message_id, message }) {
    const draft = this.at(channel_url, parent_message_id);
    draft.take(message);
    return draft;
  }
}
