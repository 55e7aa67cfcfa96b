/** @import { Message, Reaction, ReactionMade } from "./types.js" */

/**
 * Reactions of a message: [{key, user_ids, updated_at}], the oldest first. Adding what is there, or removing what is
 * not, changes nothing, so an event may be applied twice.
 */

/**
 * Whether somebody has reacted so.
 * @param {Message | null} message
 * @param {Pick<ReactionMade, "reaction" | "user_id">} change
 */
export function hasReaction(message, { reaction, user_id }) {
  return message?.reactions?.some(({ key, user_ids }) => key === reaction && user_ids.includes(user_id)) === true;
}

/**
 * The message after somebody reacted. `change` is {reaction, user_id, updated_at}, as events have it.
 * @param {Message} message
 * @param {ReactionMade} change
 * @returns {Message}
 */
export function withReaction(message, { reaction: key, user_id, updated_at }) {
  const reactions = message.reactions ?? [];
  const known = reactions.find((each) => each.key === key);
  if (known?.user_ids.includes(user_id)) return message;
  if (!known) return { ...message, reactions: [...reactions, { key, user_ids: [user_id], updated_at }] };
  const grown = { ...known, user_ids: [...known.user_ids, user_id], updated_at };
  return { ...message, reactions: reactions.map((each) => (each === known ? grown : each)) };
}

/**
 * The message after somebody took a reaction back.
 * @param {Message} message
 * @param {Pick<ReactionMade, "reaction" | "user_id">} change
 * @returns {Message}
 */
export function withoutReaction(message, { reaction: key, user_id }) {
  const without = (/** @type {Reaction} */ each) => (each.key === key ? { ...each, user_ids: each.user_ids.filter((id) => id !== user_id) } : each);
  const reactions = (message.reactions ?? []).map(without).filter((each) => each.user_ids.length > 0);
  return { ...message, reactions };
}
