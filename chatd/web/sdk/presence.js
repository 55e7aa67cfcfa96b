import { Change } from "./signal.js";

// A connection may ask for so many people at once.
const PAGE = 100;

/** Who is online, and when others were last here, of those whom somebody watches; as far as they let this person see it. */
export class Presence {
  changed = new Change();

  #connection;
  #known = new Map();
  #wanted = new Map();

  constructor(connection) {
    this.#connection = connection;
  }

  /** {isOnline, lastSeenAt} (ms; -1 when it is not told), or null while it is not known. */
  of(userId) {
    return this.#known.get(userId) ?? null;
  }

  /** Follow some people, until the function that this returns is called. */
  watch(userIds) {
    const added = userIds.filter((id) => !this.#wanted.has(id));
    userIds.forEach((id) => this.#wanted.set(id, (this.#wanted.get(id) ?? 0) + 1));
    this.#ask(added);
    return () => this.#release(userIds);
  }

  /** A connection forgets whom the one before has watched. */
  resume() {
    this.#ask([...this.#wanted.keys()]);
  }

  handle(event) {
    if (event.type === "presence.changed" && this.#wanted.has(event.user_id)) this.#take([event]);
  }

  async #ask(userIds) {
    if (userIds.length === 0 || this.#connection.state !== "connected") return;
    try {
      for (let at = 0; at < userIds.length; at += PAGE) {
        const { users } = await this.#connection.call("presence.watch", { user_ids: userIds.slice(at, at + PAGE) });
        this.#take(users);
      }
    } catch (failure) {
      console.info("presence not told:", failure.message);
    }
  }

  #take(users) {
    for (const { user_id, is_online, last_seen_at } of users) this.#known.set(user_id, { isOnline: is_online, lastSeenAt: last_seen_at });
    this.changed.mark();
  }

  #release(userIds) {
    const gone = [];
    for (const id of userIds) {
      const left = this.#wanted.get(id) - 1;
      if (left > 0) this.#wanted.set(id, left);
      else if (this.#wanted.delete(id)) gone.push(id);
    }
    gone.forEach((id) => this.#known.delete(id));
    if (gone.length > 0 && this.#connection.state === "connected") {
      this.#connection.call("presence.unwatch", { user_ids: gone }).catch((failure) => console.info("still told of presence:", failure.message));
    }
  }
}
