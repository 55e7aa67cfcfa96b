import { Journal } from "./journal.js";
import { Reload } from "./reload.js";
import { Change } from "./signal.js";
/** @import { Connection } from "./connection.js" */
/** @import { Event, Me, MessagePlace } from "./types.js" */

/** Whether this person follows one thread: `load` asks, and it is kept in step until `close`. */
export class ThreadFollowing {
  changed = new Change();

  #connection;
  #me;
  #place;
  #isFollowed;
  #ending;
  #journal = new Journal();
  #reload;

  /**
   * @param {Connection} connection
   * @param {Me} me
   * @param {MessagePlace} thread
   * @param {{ isFollowed: boolean, ending: () => void }} known
   */
  constructor(connection, me, { channel_url, message_id }, { isFollowed, ending }) {
    this.#connection = connection;
    this.#me = me;
    this.#place = { channel_url, message_id };
    this.#isFollowed = isFollowed;
    this.#ending = ending;
    this.#reload = new Reload(connection, () => this.load());
  }

  get isFollowed() {
    return this.#isFollowed;
  }

  /** What the server has. Rejects with a Failure. */
  async load() {
    await this.#journal.join(
      () => this.#connection.call("threads.view", this.#place),
      ({ is_followed }) => this.#set(is_followed),
      (event) => this.#apply(event),
    );
  }

  /** Only the server can tell what it is now. */
  loadSoon() {
    this.#reload.soon();
  }

  close() {
    this.#ending();
  }

  /** @param {Event} event */
  handle(event) {
    this.#journal.note(event);
    this.#apply(event);
  }

  /** @param {Event} event */
  #apply(event) {
    const { message_id } = this.#place;
    switch (event.type) {
      case "thread.followed":
      case "thread.unfollowed":
        return event.message_id === message_id && this.#set(event.type === "thread.followed");
      case "message.created":
        if (event.message.parent_message_id !== message_id) return;
        // Who replies follows from then on, and so does who began the thread with its first reply, unless they had left it.
        if (event.message.user?.user_id === this.#me.user_id) this.#set(true);
        else if (event.thread_info?.reply_count === 1) this.loadSoon();
    }
  }

  /** @param {boolean} isFollowed */
  #set(isFollowed) {
    this.#isFollowed = isFollowed;
    this.changed.mark();
  }
}
