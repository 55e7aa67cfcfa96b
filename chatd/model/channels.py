"""Channels and their members."""

from __future__ import annotations

from chatd.model.log import Retention
from chatd.model.record import Record


class Channel(Record, frozen=True):
    """A channel: what changes rarely. What changes with each message is its `ChannelState`.

    `retention` is its own; what is 0 there is as the application has it. An open channel has participants in the
    place of members. `access_code` is a keyed hash of what joining takes, empty when it takes nothing. Who has sent
    a message waits for `slow_seconds` before the next one.
    """

    number: int
    channel_url: str
    name: str
    cover_url: str
    custom_type: str
    data: str
    created_at: int
    created_by: int
    is_distinct: bool = False
    is_public: bool = False
    retention: Retention = Retention(0, 0)
    is_open: bool = False
    is_super: bool = False
    is_broadcast: bool = False
    is_exclusive: bool = False
    is_ephemeral: bool = False
    is_frozen: bool = False
    is_discoverable: bool = True
    access_code: bytes = b""
    slow_seconds: int = 0


class ChannelState(Record, frozen=True):
    """What moves with a channel's traffic.

    `ordinal` counts the messages ever sent in it that are worth a badge, `message_count` those there are now. Up to
    `expired_ordinal` they are too old to be kept: nobody has them unread.
    """

    member_count: int
    ordinal: int = 0
    last_message: int = 0
    last_message_at: int = 0
    message_count: int = 0
    expired_ordinal: int = 0


class Member(Record, frozen=True):
    """A user's membership of a channel; `since` is the sequence number of the event that began it.

    Until `muted_until`, in milliseconds, the member may not write. The mark, `read_ordinal` and `read_at`, goes back
    when messages are marked as unread; how far it had been is `receipt_at` then. `delivered_at` is up to when what was
    sent has reached a device, where that was said.
    """

    since: int
    joined_at: int
    read_ordinal: int
    read_at: int
    is_operator: bool = False
    muted_until: int = 0
    receipt_at: int = 0
    delivered_at: int = 0

    @property
    def was_read_at(self) -> int:
        """Up to when the member has ever read what was sent, as others see it."""
        return max(self.read_at, self.receipt_at)

    @property
    def was_delivered_at(self) -> int:
        """Up to when what was sent has reached the member."""
        return max(self.was_read_at, self.delivered_at)
