"""When somebody wants no notification."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from chatd.client.commands import Schedule, UsersUpdatePushPreference, Window
from chatd.client.schema import PushPreference, TimeWindow

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
DAYS: tuple[Weekday, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY, WEEK = 24 * 60, 7 * 24 * 60


@dataclass(frozen=True)
class QuietHours:
    """Of each day, from one time to another, in a zone such as `Europe/Berlin`. They may go over midnight."""

    start: time
    end: time
    timezone: str


@dataclass(frozen=True)
class QuietTime:
    """Each week on a day, from one time to another: on the next day when that is not later."""

    day: Weekday
    start: time
    end: time


@dataclass(frozen=True)
class QuietWeek:
    """The quiet times of the week, in a zone such as `Europe/Berlin`."""

    times: tuple[QuietTime, ...]
    timezone: str


def quiet_hours(preference: PushPreference) -> QuietHours | None:
    """Those of each day; None when there are none."""
    if not preference["do_not_disturb"] or preference["dnd_schedules"]:
        return None
    return QuietHours(*_span(preference), preference["timezone"])


def quiet_week(preference: PushPreference) -> QuietWeek | None:
    """Those of the week, in the order of its days; None when there are none."""
    schedules = preference["dnd_schedules"]
    if not preference["do_not_disturb"] or not schedules:
        return None
    times = [QuietTime(each["day_of_week"], *_span(window)) for each in schedules for window in each["time_windows"]]
    return QuietWeek(tuple(times), preference["timezone"])


def quiet_params(quiet: QuietHours | QuietWeek | None) -> UsersUpdatePushPreference:
    """What is said to have quiet times: each day, at times of the week, or with None or no time none."""
    if quiet is None or (isinstance(quiet, QuietWeek) and not quiet.times):
        return {"do_not_disturb": False}
    said: UsersUpdatePushPreference = {"do_not_disturb": True, "timezone": quiet.timezone}
    if isinstance(quiet, QuietWeek):
        return said | {"dnd_schedules": _schedules(quiet.times)}
    start, end = quiet.start, quiet.end
    hours: UsersUpdatePushPreference = {"start_hour": start.hour, "end_hour": end.hour}
    return said | hours | {"start_min": start.minute, "end_min": end.minute, "dnd_schedules": []}


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


def _schedules(times: tuple[QuietTime, ...]) -> list[Schedule]:
    of_days = {day: [_window(each) for each in times if each.day == day] for day in DAYS}
    return [{"day_of_week": day, "time_windows": windows} for day, windows in of_days.items() if windows]


def _span(window: TimeWindow | PushPreference) -> tuple[time, time]:
    return time(window["start_hour"], window["start_min"]), time(window["end_hour"], window["end_min"])


def _window(quiet: QuietTime) -> Window:
    start, end = quiet.start, quiet.end
    return {"start_hour": start.hour, "start_min": start.minute, "end_hour": end.hour, "end_min": end.minute}


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except ZoneInfoNotFoundError:  # where the system has no zones: that of this device
        return None
