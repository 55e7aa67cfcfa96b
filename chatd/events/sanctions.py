"""What moderators do to people in a channel. `moderator` is 0 when a backend did it for nobody."""

from __future__ import annotations

from chatd.events.told import OfChannel
from chatd.model import Record


class UserMuted(OfChannel, frozen=True, tag=100):
    """A user may not write until a time, in milliseconds; what was said of it before counts no more."""

    user: int
    until: int
    reason: str = ""
    moderator: int = 0


class UserUnmuted(OfChannel, frozen=True, tag=101):
    """A user may write again, before the time was over."""

    user: int
    moderator: int = 0


class UserBanned(OfChannel, frozen=True, tag=102):
    """A user may not be in the channel until a time, in milliseconds. A membership ends by an event of its own."""

    user: int
    until: int
    reason: str = ""
    moderator: int = 0


class UserUnbanned(OfChannel, frozen=True, tag=103):
    """A user may come into the channel again, before the time was over."""

    user: int
    moderator: int = 0


class TracesRemoved(Record, frozen=True, tag=104):
    """What was left of a user who was deleted is removed, a few at a time. Nobody is told.

    Mutes and bans in these channels, blocks of these users and by these users, what was said of these custom types,
    whether they followed the threads of these messages.
    """

    user: int
    muted: tuple[int, ...] = ()
    banned: tuple[int, ...] = ()
    blocked: tuple[int, ...] = ()
    blocked_by: tuple[int, ...] = ()
    custom_types: tuple[str, ...] = ()
    followed: tuple[int, ...] = ()
