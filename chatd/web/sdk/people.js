import { nameOf } from "./name_of.js";
/** @import { Connection } from "./connection.js" */
/** @import { Me, Params, Person } from "./types.js" */

const PAGE = 100;
// The server looks at some thousand people for an answer, by their names, and so it may find few of many.
const ANSWERS = 3;

/** Finds people to talk with. */
export class People {
  #connection;
  #me;

  /**
   * @param {Connection} connection
   * @param {Me} me
   */
  constructor(connection, me) {
    this.#connection = connection;
    this.#me = me;
  }

  /**
   * Up to a hundred others whose id begins with `text`, or any word of their name; by name.
   * @param {string} text
   */
  async search(text) {
    const found = new Map();
    const add = (/** @type {Person[]} */ users) => users.forEach((user) => found.set(user.user_id, user));
    let { users, next } = await this.#page({ search: text.trim() });
    add(users);
    // Among very many there is an index only for how a name begins.
    if (next) add((await this.#page({ nickname_startswith: text.trim() })).users);
    for (let answers = 1; next && found.size < PAGE && answers < ANSWERS; answers++) {
      ({ users, next } = await this.#page({ search: text.trim(), token: next }));
      add(users);
    }
    found.delete(this.#me.user_id);
    return [...found.values()].sort(byName);
  }

  /** @param {Params<"users.list">} filters */
  #page(filters) {
    return this.#connection.call("users.list", { limit: PAGE, ...filters });
  }

  /**
   * Everything that may be known of a person. Rejects with a Failure.
   * @param {string} userId
   */
  view(userId) {
    return this.#connection.call("users.view", { user_id: userId });
  }
}

/**
 * @param {Person} a
 * @param {Person} b
 */
function byName(a, b) {
  return nameOf(a).localeCompare(nameOf(b));
}
