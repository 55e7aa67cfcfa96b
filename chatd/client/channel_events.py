"""What each event changes in a channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatd.client.journal import Event

if TYPE_CHECKING:
    from chatd.client.channel import Channel


def follow(channel: Channel, event: Event) -> bool:
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
            last = channel.last_message
            return channel.unread > 0 or (last is not None and last["created_at"] <= event["created_at"])
        case "channel.read":
            return not channel.read(event["user_id"], event["read_ts"], event["read_message_id"])
        case _:
            return _follow_rest(channel, event)
    return False


def _follow_rest(channel: Channel, event: Event) -> bool:
    match event["type"]:
        case "channel.updated":
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
        case "user.muted" | "user.unmuted" as kind:
            is_muted = kind == "user.muted"
            channel.know(event["user"]["user_id"], is_muted=is_muted, muted_end_at=event.get("end_at", 0))
        case "channel.preference_changed":
            channel.resource |= {key: event[key] for key in ("push_trigger_option", "is_push_enabled")}
            channel.changed.mark()
        case "typing" if event["user_id"] != channel.session.user_id:
            _type(channel, event)
        case "channel.frozen" | "operators.changed" | "member.invited" | "invitation.declined" | "invitation.canceled":
            return True
    return False


def _type(channel: Channel, event: Event) -> None:
    if event["typing"]:
        channel.typists.add(event["user_id"], event["nickname"] or event["user_id"])
    else:
        channel.typists.remove(event["user_id"])


def _is_shown(channel: Channel, message_ids: list[int]) -> bool:
    """Whether a channel shows something of messages that are gone: one is its last, or may have been unread."""
    last = channel.last_message
    return channel.unread > 0 or (last is not None and last["message_id"] in message_ids)
