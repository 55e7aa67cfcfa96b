import { Change } from "./signal.js";

const PAGE = 100;

/** Whom this person has blocked, the same on all devices. Loaded when first asked for. */
export class Blocks {
  changed = new Change();

  #connection;
  #users = new Map();
  #loading = null;

  constructor(connection) {
    this.#connection = connection;
  }

  get users() {
    return [...this.#users.values()];
  }

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

  async add(user) {
    await this.#connection.call("blocks.add", { target_id: user.user_id });
    this.#keep(user);
  }

  async remove(user) {
    await this.#connection.call("blocks.remove", { target_id: user.user_id });
    this.#forget(user);
  }

  handle(event) {
    if (event.type === "user.blocked") this.#keep(event.user);
    if (event.type === "user.unblocked") this.#forget(event.user);
  }

  async #load() {
    const users = new Map();
    let token = "";
    do {
      const page = await this.#connection.call("blocks.list", { limit: PAGE, token });
      page.users.forEach((user) => users.set(user.user_id, user));
      token = page.next;
    } while (token);
    this.#users = users;
    this.changed.mark();
  }

  #keep(user) {
    this.#users.set(user.user_id, user);
    this.changed.mark();
  }

  #forget(user) {
    this.#users.delete(user.user_id);
    this.changed.mark();
  }
}
