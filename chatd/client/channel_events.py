"""What each event changes in a channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatd.client.schema import MessagesExpired, Publication, Typing, UserPardoned, UserSanctioned

if TYPE_CHECKING:
    from chatd.client.channel import Channel


def follow(channel: Channel, event: Publication) -> bool:
    """Change a channel as an event says. True when only the server can tell what the channel is now."""
    match event["type"]:
        case "message.created":
            channel.receive(event["message"], leaves_unread=event.get("leaves_unread", False))
        case "message.updated":
            channel.revise(event["message"])
        case "message.deleted":
            return _is_shown(channel, [event["message_id"]])
        case "messages.erased":
            return _is_shown(channel, event["message_ids"])
        case "messages.expired":
            return _is_touched(channel, event)
        case "channel.read":
            return not channel.read(event["user_id"], event["read_ts"], event["read_message_id"])
        case _:
            return _follow_rest(channel, event)
    return False


def _follow_rest(channel: Channel, event: Publication) -> bool:
    match event["type"]:
        case "channel.updated" if "member_count" in event["channel"]:  # an open channel has none
            channel.merge(event["channel"])
        case "channel.delivered":
            channel.delivered(event["user_id"], event["delivered_ts"])
        case "channel.marked_unread":
            counts = (event["unread_message_count"], event["unread_mention_count"])
            channel.marked_unread(event["message_id"], *counts)
        case "channel.hidden" | "channel.unhidden":
            channel.show_hidden(event["hidden_state"])
        case "channel.history_reset":
            channel.clear(event["ts_message_offset"])
        case "user.muted" | "user.unmuted":
            _mute(channel, event)
        case "channel.preference_changed":
            channel.resource["push_trigger_option"] = event["push_trigger_option"]
            channel.resource["is_push_enabled"] = event["is_push_enabled"]
            channel.changed.mark()
        case "typing" if event["user_id"] != channel.session.user_id:
            _type(channel, event)
        case "channel.frozen" | "operators.changed" | "member.invited" | "invitation.declined" | "invitation.canceled":
            return True
    return False


def _mute(channel: Channel, event: UserSanctioned | UserPardoned) -> None:
    user_id = event["user"]["user_id"]
    if event["type"] == "user.muted":
        channel.know(user_id, is_muted=True, muted_end_at=event["end_at"])
    else:
        channel.know(user_id, is_muted=False, muted_end_at=0)


def _type(channel: Channel, event: Typing) -> None:
    if event["typing"]:
        channel.typists.add(event["user_id"], event["nickname"] or event["user_id"])
    else:
        channel.typists.remove(event["user_id"])


def _is_shown(channel: Channel, message_ids: list[int]) -> bool:
    """Whether a channel shows something of messages that are gone.

    One is its last, or may have been unread; or was never told, and its sender has read the others.
    """
    last = channel.last_message
    is_last = last is not None and last["message_id"] in message_ids
    return channel.unread > 0 or is_last or any(message_id not in channel.heard for message_id in message_ids)


def _is_touched(channel: Channel, event: MessagesExpired) -> bool:
    """Whether a channel shows something of messages that went: its last one, or that some were unread."""
    last = channel.last_message
    is_last = last is not None and last["created_at"] <= event["created_at"]
    return channel.unread > 0 or is_last or event["message_id"] not in channel.heard
