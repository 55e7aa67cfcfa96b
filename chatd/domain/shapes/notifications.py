"""When users are notified, and what is counted for them."""

from __future__ import annotations

from typing import Literal, TypedDict

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class TimeWindow(TypedDict):
    """A time of a day; one that does not end after it starts ends on the next day."""

    start_hour: int
    start_min: int
    end_hour: int
    end_min: int


class QuietDay(TypedDict):
    """The quiet times of a day of each week."""

    day_of_week: Weekday
    time_windows: list[TimeWindow]


class PushPreference(TimeWindow):
    """When a user is notified, in all channels."""

    push_trigger_option: str
    do_not_disturb: bool
    dnd_schedules: list[QuietDay]
    snooze_enabled: bool
    snooze_start_ts: int
    snooze_end_ts: int
    enable_push_for_replies: bool
    block_push_from_bots: bool
    timezone: str
    push_sound: str


class ChannelPushPreference(TypedDict):
    """How a member is notified of a channel; `enable` says whether at all."""

    push_trigger_option: str
    push_sound: str
    enable: bool


class CountPreference(TypedDict):
    """What of a channel is counted."""

    count_preference: str
