/** @import { Connection } from "./connection.js" */
/** @import { Message, Params } from "./types.js" */

/**
 * What `messages.list` finds. Where the server has looked through much and found less than a page, it is asked to go on.
 * @param {Connection} connection
 * @param {Params<"messages.list">} query
 * @returns {Promise<Message[]>}
 */
export async function listMessages(connection, query) {
  const { messages, prev_message_id: earlier, next_message_id: later } = await connection.call("messages.list", query);
  const { message_ts, ...rest } = query;
  const on = { ...rest, include: false };
  const count = (/** @type {number} */ side) => messages.filter((message) => Math.sign(distance(message, query)) === side).length;
  const [before, after] = await Promise.all([
    earlier ? listMessages(connection, { ...on, message_id: earlier, next_limit: 0, prev_limit: left(count(-1), query.prev_limit) }) : [],
    later ? listMessages(connection, { ...on, message_id: later, prev_limit: 0, next_limit: left(count(1), query.next_limit) }) : [],
  ]);
  return [...before, ...messages, ...after];
}

/**
 * Below 0 for a message before a place, above 0 after it.
 * @param {Message} message
 * @param {{ message_id?: number, message_ts?: number | null }} place
 */
export function distance({ message_id, created_at }, { message_id: id, message_ts: time }) {
  return id === undefined ? created_at - (time ?? 0) : message_id - id;
}

/**
 * How many more are wanted.
 * @param {number} found
 * @param {number} [wanted]
 */
function left(found, wanted = 0) {
  return Math.max(1, wanted - found);
}
