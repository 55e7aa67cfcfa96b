"""What is counted, by day. A day is one of UTC, by its number since 1970-01-01."""

from __future__ import annotations

from chatd.model.record import Record


class Counting(Record, frozen=True):
    """Which generation of the counts answers, and which is made anew beside it; 0 for none."""

    live: int = 1
    coming: int = 0


class Generation(Record, frozen=True):
    """How far it has counted the log, how many users and channels it has met, and up to which day it is mended."""

    cursor: int = 0
    users: int = 0
    channels: int = 0
    mended: int = 0


class CountedChannel(Record, frozen=True):
    """The place of a channel in sets, and what it was like at the cursor."""

    place: int
    channel_type: str
    custom_type: str


class MessageSegment(Record, frozen=True):
    """How many messages of a kind were sent on a day; its index in the day is that of the set of their senders."""

    channel_type: str
    custom_channel_type: str
    message_type: str
    custom_message_type: str
    messages: int


class ChannelSegment(Record, frozen=True):
    """How many channels of a kind were made on a day; its index is that of the sets of active ones and of readers."""

    channel_type: str
    custom_channel_type: str
    created: int


class Day(Record, frozen=True):
    """What the log says of a day, beside sets."""

    messages: tuple[MessageSegment, ...] = ()
    channels: tuple[ChannelSegment, ...] = ()
    deactivated: int = 0
    deleted: int = 0
    announced_channels: int = 0
    announced_users: int = 0


class DayCounters(Record, frozen=True):
    """What happened on a day and is not in the log."""

    peak_connections: int = 0
    api_calls: int = 0
    api_errors: int = 0
    deliveries: int = 0
    webhooks_delivered: int = 0
    webhooks_failed: int = 0
    pushes_delivered: int = 0
    pushes_failed: int = 0


class Announced(Record, frozen=True):
    """The message of an announcement in a channel, its ordinal there and when it was sent."""

    message: int
    ordinal: int
    sent_at: int
