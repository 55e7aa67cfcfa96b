import { Change, Signal } from "./signal.js";
/** @import { Connection } from "./connection.js" */
/** @import { Event, PresenceSeen, WatchedUser } from "./types.js" */

// A connection may ask for so many people at once.
const PAGE = 100;

/** Who is online, and when others were last here, of those whom somebody watches; as far as they let this person see it. */
export class Presence {
  changed = new Change();
  /**
   * (user): how somebody looks who is watched from now on; what was changed before was not told.
   * @type {Signal<[WatchedUser]>}
   */
  begun = new Signal();

  #connection;
  #mayAsk;
  /** @type {Map<string, PresenceSeen>} */
  #known = new Map();
  /** @type {Map<string, number>} */
  #wanted = new Map();

  /**
   * Without `mayAsk` nothing is known of anybody.
   * @param {Connection} connection
   * @param {boolean} mayAsk
   */
  constructor(connection, mayAsk) {
    this.#connection = connection;
    this.#mayAsk = mayAsk;
  }

  /**
   * {isOnline, lastSeenAt} (ms; -1 when it is not told), or null while it is not known.
   * @param {string} userId
   * @returns {PresenceSeen | null}
   */
  of(userId) {
    return this.#known.get(userId) ?? null;
  }

  /**
   * Follow some people, until the function that this returns is called.
   * @param {string[]} userIds
   */
  watch(userIds) {
    if (!this.#mayAsk) return () => {};
    const added = userIds.filter((id) => !this.#wanted.has(id));
    userIds.forEach((id) => this.#wanted.set(id, (this.#wanted.get(id) ?? 0) + 1));
    this.#ask(added);
    return () => this.#release(userIds);
  }

  /** A connection forgets whom the one before has watched. */
  resume() {
    this.#ask([...this.#wanted.keys()]);
  }

  /** @param {Event} event */
  handle(event) {
    if (event.type === "presence.changed" && this.#wanted.has(event.user_id)) this.#take([event]);
  }

  /** @param {string[]} userIds */
  async #ask(userIds) {
    if (userIds.length === 0 || this.#connection.state !== "connected") return;
    try {
      for (let at = 0; at < userIds.length; at += PAGE) {
        const { users } = await this.#connection.call("presence.watch", { user_ids: userIds.slice(at, at + PAGE) });
        this.#take(users);
        users.forEach((user) => this.begun.emit(user));
      }
    } catch (/** @type {any} */ failure) {
      console.info("presence not told:", failure.message);
    }
  }

  /** @param {Array<{ user_id: string, is_online?: boolean, last_seen_at?: number }>} users */
  #take(users) {
    for (const { user_id, is_online, last_seen_at } of users) this.#known.set(user_id, { isOnline: is_online === true, lastSeenAt: last_seen_at ?? -1 });
    this.changed.mark();
  }

  /** @param {string[]} userIds */
  #release(userIds) {
    /** @type {string[]} */
    const gone = [];
    for (const id of userIds) {
      const left = (this.#wanted.get(id) ?? 0) - 1;
      if (left > 0) this.#wanted.set(id, left);
      else if (this.#wanted.delete(id)) gone.push(id);
    }
    gone.forEach((id) => this.#known.delete(id));
    if (gone.length > 0 && this.#connection.state === "connected") {
      this.#connection.call("presence.unwatch", { user_ids: gone }).catch((failure) => console.info("still told of presence:", failure.message));
    }
  }
}
