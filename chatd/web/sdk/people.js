import { nameOf } from "./name_of.js";
/** @import { Connection } from "./connection.js" */
/** @import { Me, Person } from "./types.js" */

const PAGE = 100;
// The server looks at so many people for an answer that it may find few of many.
const ANSWERS = 5;

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
    const asked = { limit: PAGE, search: text.trim() };
    let { users, next } = await this.#connection.call("users.list", asked);
    for (let answers = 1; next && users.length < PAGE && answers < ANSWERS; answers++) {
      const more = await this.#connection.call("users.list", { ...asked, token: next });
      users = [...users, ...more.users];
      next = more.next;
    }
    return users.filter((user) => user.user_id !== this.#me.user_id).sort(byName);
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
