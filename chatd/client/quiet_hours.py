"""When somebody wants no notification."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from chatd.client.schema import PushPreference, TimeWindow

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY, WEEK = 24 * 60, 7 * 24 * 60


@dataclass(frozen=True)
class QuietHours:
    """Of each day, from one time to another, in a zone such as `Europe/Berlin`. They may go over midnight."""

    start: time
    end: time
    timezone: str


def quiet_hours(preference: PushPreference) -> QuietHours | None:
    """Those of each day; None when there are none."""
    if not preference["do_not_disturb"] or preference["dnd_schedules"]:
        return None
    start = time(preference["start_hour"], preference["start_min"])
    return QuietHours(start, time(preference["end_hour"], preference["end_min"]), preference["timezone"])


def is_quiet(preference: PushPreference, now: int) -> bool:
    """Whether it is quiet at a moment, in ms: each day, or at the times of the week that take the place of that."""
    if not preference["do_not_disturb"]:
        return False
    local = datetime.fromtimestamp(now / 1000, UTC).astimezone(_zone(preference["timezone"]))
    minute = local.weekday() * DAY + local.hour * 60 + local.minute
    schedules = preference["dnd_schedules"]
    weekly = [(DAYS.index(each["day_of_week"]), window) for each in schedules for window in each["time_windows"]]
    daily = [(day, preference) for day in range(len(DAYS))]
    return any(_holds(minute - day * DAY, window) for day, window in weekly or daily)


def _holds(minute: int, window: TimeWindow | PushPreference) -> bool:
    """Whether a time of a day has a minute in it, which is counted from the beginning of that day."""
    start = window["start_hour"] * 60 + window["start_min"]
    end = window["end_hour"] * 60 + window["end_min"]
    return (minute - start) % WEEK < ((end - start) % DAY or DAY)


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except ZoneInfoNotFoundError:  # where the system has no zones: that of this device
        return None
