"""What members set for their channels, and what is set for all of them."""

from __future__ import annotations

from chatd.events.told import OfChannel, OfUser


class ChannelHidden(OfUser, frozen=True, tag=40):
    """A member hides a channel, with `allow_auto_unhide` until a message comes."""

    channel: int
    allow_auto_unhide: bool = True


class ChannelUnhidden(OfUser, frozen=True, tag=41):
    """A member hides a channel no more."""

    channel: int


class HistoryReset(OfUser, frozen=True, tag=42):
    """A member sees nothing any more of what is in a channel now."""

    channel: int


class ChannelHiddenForAll(OfChannel, frozen=True, tag=43):
    """Those who are members of a channel now hide it."""

    allow_auto_unhide: bool = True


class ChannelUnhiddenForAll(OfChannel, frozen=True, tag=44):
    """No member hides a channel."""


class HistoryResetForAll(OfChannel, frozen=True, tag=45):
    """Nobody sees any more, but for backends, what is in a channel now."""
