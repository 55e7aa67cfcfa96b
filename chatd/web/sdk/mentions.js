/** @import { Message, Named } from "./types.js" */

/** What stands after "@" to mention all of a channel. */
export const EVERYBODY = "channel";

const AT = /(?<![\p{L}\p{N}_@])@/gu;
// After a name no other letter may follow, also not behind a dot or a dash; "@ana." mentions ana.
const END = /^(?![\p{L}\p{N}_]|[.-][\p{L}\p{N}_])/u;
const MOST = 100;

/**
 * Where a text mentions somebody, "@" and a user_id: [{index, length, userId}] in the order of the text.
 * `userIds` are those who can be meant; of two that fit the longer one is.
 * @param {string} text
 * @param {Iterable<string>} userIds
 */
export function findMentions(text, userIds) {
  if (!text.includes("@")) return [];
  const candidates = [...userIds].sort((a, b) => b.length - a.length);
  return [...text.matchAll(AT)].flatMap(({ index }) => {
    const userId = candidates.find((id) => text.startsWith(id, index + 1) && END.test(text.slice(index + 1 + id.length)));
    return userId === undefined ? [] : [{ index, length: 1 + userId.length, userId }];
  });
}

/**
 * The parameters of `messages.send` and `messages.update` that say whom a text mentions, among these users.
 * @param {string} text
 * @param {Iterable<Named>} users
 * @returns {{ mention_type: "channel" | "users", mentioned_user_ids: string[] }}
 */
export function mentionParams(text, users) {
  const found = findMentions(text, [...[...users].map((user) => user.user_id), EVERYBODY]).map(({ userId }) => userId);
  if (found.includes(EVERYBODY)) return { mention_type: "channel", mentioned_user_ids: [] };
  return { mention_type: "users", mentioned_user_ids: [...new Set(found)].slice(0, MOST) };
}

/**
 * Whether a message mentions somebody.
 * @param {Message} message
 * @param {Named} user
 */
export function isMentioned({ mention_type, mentioned_users }, { user_id }) {
  return mention_type === "channel" || mentioned_users?.some((user) => user.user_id === user_id) === true;
}
