import { nameOf } from "./name_of.js";
/** @import { Channel } from "./channel.js" */
/** @import { Connection } from "./connection.js" */
/** @import { Person } from "./types.js" */

const PAGE = 20;

/** Finds members of a channel by what somebody begins to write. */
export class MemberSearch {
  #connection;

  /** @param {Connection} connection */
  constructor(connection) {
    this.#connection = connection;
  }

  /**
   * The others that are known, of whose name any word begins with `text`, or whose id does: whose name does first.
   * @param {Channel} channel
   * @param {string} text
   */
  known(channel, text) {
    const wanted = text.toLocaleLowerCase();
    const ranked = channel.others.map((user) => ({ user, rank: rankOf(user, wanted) })).filter(({ rank }) => rank >= 0);
    return ranked.sort((a, b) => a.rank - b.rank || nameOf(a.user).localeCompare(nameOf(b.user))).map(({ user }) => user);
  }

  /**
   * Have the server look for members of a large channel that are not known yet: nicknames that begin so. They are known then.
   * @param {Channel} channel
   * @param {string} text
   */
  async fetch(channel, text) {
    if (!channel.hasMoreMembers || text === "") return;
    const query = { channel_url: channel.url, limit: PAGE, nickname_startswith: text, show_read_receipt: true };
    channel.add((await this.#connection.call("members.list", query)).members);
  }
}

/**
 * 0 when the name begins with what is wanted, 1 for a later word of it, 2 for the id, -1 for none.
 * @param {Person} user
 * @param {string} wanted
 */
function rankOf(user, wanted) {
  const name = nameOf(user).toLocaleLowerCase();
  if (name.startsWith(wanted)) return 0;
  if (name.split(/[\s.-]+/).some((word) => word.startsWith(wanted))) return 1;
  return user.user_id.toLocaleLowerCase().startsWith(wanted) ? 2 : -1;
}
