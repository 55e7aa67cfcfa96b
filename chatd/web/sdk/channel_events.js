import { isMentioned } from "./mentions.js";
/** @import { Channel } from "./channel.js" */
/** @import { Event, EventOf, GroupChannel, Me } from "./types.js" */

/**
 * Change a channel as an event says. True when only the server can tell what the channel is now.
 * @param {Channel} channel
 * @param {Event} event
 * @param {Me} me
 * @returns {unknown}
 */
export function follow(channel, event, me) {
  switch (event.type) {
    case "channel.updated":
      return channel.merge(/** @type {GroupChannel} */ (event.channel));
    case "operators.changed":
      channel.operate(event);
      return true;
    case "user.muted":
    case "user.unmuted":
      return channel.mute(event, event.type === "user.muted");
    case "channel.frozen":
    case "member.invited":
    case "invitation.declined":
    case "invitation.canceled":
      return true;
    case "message.updated":
      channel.revise(event.message);
      // Another text may mention this person, or mention them no more.
      return channel.unread > 0 && (channel.unreadMentions > 0 || isMentioned(event.message, me));
    case "message.deleted":
      return isShown(channel, [event.message_id]);
    case "messages.erased":
      return isShown(channel, event.message_ids);
    case "messages.expired":
      return isTouched(channel, event);
    case "channel.read":
      return !channel.read(event);
    case "channel.delivered":
      return channel.deliver(event);
    case "channel.marked_unread":
      return channel.markedUnread(event);
    case "channel.preference_changed":
      return channel.prefer(event);
    case "channel.hidden":
    case "channel.unhidden":
      return channel.hide(event);
    case "channel.history_reset":
      return channel.clear(event);
    case "typing":
      return event.user_id !== me.user_id && typed(channel, event);
  }
}

/**
 * @param {Channel} channel
 * @param {EventOf<"typing">} event
 */
function typed({ typists }, { user_id, nickname, typing }) {
  if (typing) typists.add(user_id, nickname || user_id);
  else typists.remove(user_id);
}

/**
 * Whether a channel shows something of messages that are gone: one is its last, or may have been unread; or was never told, and
 * would have said that its sender has read the others.
 * @param {Channel} channel
 * @param {number[]} messageIds
 */
function isShown(channel, messageIds) {
  return channel.unread > 0 || messageIds.some((id) => id === channel.lastMessage?.message_id || !channel.hasHeardOf(id));
}

/**
 * Whether a channel shows something of messages that went: its last one, or that some were unread.
 * @param {Channel} channel
 * @param {EventOf<"messages.expired">} event
 */
function isTouched(channel, { created_at, message_id }) {
  return channel.unread > 0 || !channel.hasHeardOf(message_id) || (channel.lastMessage !== null && channel.lastMessage.created_at <= created_at);
}
