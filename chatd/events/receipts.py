"""How far messages have come to members, and what they have marked as unread."""

from __future__ import annotations

from chatd.events.told import OfChannel, OfUser


class ChannelDelivered(OfChannel, frozen=True, tag=130):
    """What was sent in a channel up to `delivered_at`, in milliseconds, has reached a device of a member."""

    user: int
    delivered_at: int


class ChannelMarkedUnread(OfUser, frozen=True, tag=131):
    """A member has a message of a channel unread again, and all after it: the mark goes back to `ordinal`."""

    channel: int
    message_id: int
    ordinal: int
    read_at: int
