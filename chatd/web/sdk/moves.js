/** @import { Event } from "./types.js" */

/**
 * Whether somebody has become a member of a channel, or is one no more.
 * @param {Event} event
 * @param {string} userId
 */
export function moves(event, userId) {
  if (event.type === "member.joined") return event.members?.some(({ user_id }) => user_id === userId) === true;
  return event.type === "member.left" && event.users.some(({ user_id }) => user_id === userId);
}
