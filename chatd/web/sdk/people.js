import { nameOf } from "./name_of.js";
/** @import { Connection } from "./connection.js" */
/** @import { Me, Params, Person } from "./types.js" */

const PAGE = 100;

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
   * The others whose name or id matches, by name. In a small team any word of the name may begin with `text`;
   * among more people than one page the server looks for nicknames that begin with it.
   * @param {string} text
   */
  async search(text) {
    const wanted = text.trim().toLocaleLowerCase();
    const all = await this.#page({});
    const found = all.next === "" ? all.users.filter((user) => matches(user, wanted)) : await this.#startingWith(text);
    return found.filter((user) => user.user_id !== this.#me.user_id).sort(byName);
  }

  /**
   * Everything that may be known of a person. Rejects with a Failure.
   * @param {string} userId
   */
  view(userId) {
    return this.#connection.call("users.view", { user_id: userId });
  }

  /** @param {string} text */
  async #startingWith(text) {
    return (await this.#page({ nickname_startswith: text.trim() })).users;
  }

  /** @param {Params<"users.list">} filters */
  #page(filters) {
    return this.#connection.call("users.list", { limit: PAGE, ...filters });
  }
}

/**
 * @param {Person} user
 * @param {string} wanted
 */
function matches(user, wanted) {
  const words = user.nickname.toLocaleLowerCase().split(/\s+/);
  return [user.nickname.toLocaleLowerCase(), user.user_id, ...words].some((word) => word.startsWith(wanted));
}

/**
 * @param {Person} a
 * @param {Person} b
 */
function byName(a, b) {
  return nameOf(a).localeCompare(nameOf(b));
}
