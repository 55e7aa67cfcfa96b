"""When users want to be notified on their devices while they are away."""

from __future__ import annotations

from chatd.model.record import Record

ALL, MENTIONS, OFF = "all", "mention_only", "off"


class QuietTime(Record, frozen=True):
    """A time of each week in which a user is not notified: from minute `start` of a day to minute `end`.

    Monday is day 0. One that does not end after it starts ends on the next day.
    """

    day: int
    start: int
    end: int


class PushPreference(Record, frozen=True):
    """When a user wants to be notified, in all channels.

    `trigger` is ALL, MENTIONS or OFF. With `do_not_disturb` the time from minute `start` to minute `end` of each day is
    quiet, the whole day when both are the same; with `weekly` those times are, in their place. `timezone` is whose
    minutes these are. With `is_snoozed` nothing comes from `snoozed_from` to `snoozed_until`, in milliseconds.
    Replies in threads come with `replies` only, unless they mention the user; messages of bots not with `blocks_bots`.
    """

    trigger: str = ALL
    do_not_disturb: bool = False
    start: int = 0
    end: int = 0
    weekly: tuple[QuietTime, ...] = ()
    is_snoozed: bool = False
    snoozed_from: int = 0
    snoozed_until: int = 0
    replies: bool = True
    timezone: str = "UTC"
    sound: str = "default"
    blocks_bots: bool = False
