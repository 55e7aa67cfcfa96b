/** @import { GroupChannel } from "./types.js" */

/** @type {Array<keyof GroupChannel>} */
const OWN_FIELDS = [
  "unread_message_count",
  "unread_mention_count",
  "user_last_read",
  "my_role",
  "joined_ts",
  "push_trigger_option",
  "is_push_enabled",
  "is_hidden",
  "hidden_state",
  "ts_message_offset",
];

/**
 * What is said of a channel for one person alone; what is made for everybody does not say it.
 * @param {GroupChannel} resource
 * @returns {Partial<GroupChannel>}
 */
export function ownFields(resource) {
  return Object.fromEntries(OWN_FIELDS.map((field) => [field, resource[field]]));
}
