import { Journal } from "./journal.js";
import { Change } from "./signal.js";
/** @import { Connection } from "./connection.js" */
/** @import { Event, Named, Person } from "./types.js" */

const PAGE = 100;

/** Whom this person has blocked, the same on all devices. Loaded when first asked for. */
export class Blocks {
  changed = new Change();

  #connection;
  #journal = new Journal();
  /** @type {Map<string, Person>} */
  #users = new Map();
  /** @type {Promise<void> | null} */
  #loading = null;

  /** @param {Connection} connection */
  constructor(connection) {
    this.#connection = connection;
  }

  get users() {
    return [...this.#users.values()];
  }

  /** @param {string} userId */
  has(userId) {
    return this.#users.has(userId);
  }

  /** Resolves when the list is here. Rejects with a Failure. */
  ready() {
    this.#loading ??= this.#load().catch((failure) => {
      this.#loading = null;
      throw failure;
    });
    return this.#loading;
  }

  /** After a time without events the list is asked for again, if anybody wants it. */
  async load() {
    if (this.#loading) await this.#load();
  }

  /** @param {Person} user */
  async add(user) {
    await this.#connection.call("blocks.add", { target_id: user.user_id });
    this.#keep(user);
  }

  /** @param {Named} user */
  async remove(user) {
    await this.#connection.call("blocks.remove", { target_id: user.user_id });
    this.#forget(user);
  }

  /** @param {Event} event */
  handle(event) {
    this.#journal.note(event);
    this.#apply(event);
  }

  /** @param {Event} event */
  #apply(event) {
    if (event.type === "user.blocked") this.#keep(event.user);
    if (event.type === "user.unblocked") this.#forget(event.user);
  }

  #load() {
    return this.#journal.join(
      () => this.#pages(),
      (users) => this.#take(users),
      (event) => this.#apply(event),
    );
  }

  async #pages() {
    /** @type {Map<string, Person>} */
    const users = new Map();
    let token = "";
    do {
      const page = await this.#connection.call("blocks.list", { limit: PAGE, token });
      page.users.forEach((user) => users.set(user.user_id, user));
      token = page.next;
    } while (token);
    return users;
  }

  /** @param {Map<string, Person>} users */
  #take(users) {
    this.#users = users;
    this.changed.mark();
  }

  /** @param {Person} user */
  #keep(user) {
    this.#users.set(user.user_id, user);
    this.changed.mark();
  }

  /** @param {Named} user */
  #forget(user) {
    this.#users.delete(user.user_id);
    this.changed.mark();
  }
}
