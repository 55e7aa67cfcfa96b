"""When it is quiet."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any, cast

import pytest

from chatd.client.quiet_hours import QuietHours, QuietTime, QuietWeek, is_quiet, quiet_hours, quiet_params, quiet_week
from chatd.client.schema import PushPreference


def _preference(**more: Any) -> PushPreference:
    hours = {"start_hour": 22, "start_min": 30, "end_hour": 7, "end_min": 0, "timezone": "Asia/Tokyo"}
    return cast("PushPreference", {"do_not_disturb": True, "dnd_schedules": [], **hours, **more})


def _at(day: int, hour: int, minute: int = 0) -> int:
    """A time of June 2026, in ms. The first is a Monday."""
    return int(datetime(2026, 6, day, hour, minute, tzinfo=UTC).timestamp() * 1000)


@pytest.mark.parametrize(
    ("hour", "minute", "expected"),
    [(13, 29, False), (13, 30, True), (16, 0, True), (21, 59, True), (22, 0, False), (3, 0, False)],
)
def test_quiet_hours_are_of_their_time_zone_and_go_over_midnight(hour: int, minute: int, expected: bool) -> None:
    assert [is_quiet(_preference(), _at(day, hour, minute)) for day in range(1, 8)] == [expected] * 7


def test_with_the_same_start_and_end_the_whole_day_is_quiet() -> None:
    whole = _preference(start_hour=7, start_min=0)
    assert all(is_quiet(whole, _at(1, hour)) for hour in range(24))


def test_without_quiet_times_nothing_is_quiet() -> None:
    none = _preference(do_not_disturb=False)
    assert not is_quiet(none, _at(1, 16))
    assert (quiet_hours(none), quiet_week(none)) == (None, None)
    assert quiet_week(_preference(do_not_disturb=False, dnd_schedules=[{"day_of_week": "friday"}])) is None


@pytest.mark.parametrize(
    ("day", "hour", "expected"),
    [
        (6, 11, True),
        (6, 12, False),
        (6, 23, True),
        (7, 1, True),
        (7, 2, False),
        (7, 23, True),
        (8, 1, True),
        (9, 1, False),
    ],
)
def test_times_of_the_week_take_the_place_of_those_of_each_day(day: int, hour: int, expected: bool) -> None:
    late = {"start_hour": 22, "start_min": 0, "end_hour": 2, "end_min": 0}
    morning = {"start_hour": 0, "start_min": 0, "end_hour": 12, "end_min": 0}
    weekend = [
        {"day_of_week": "saturday", "time_windows": [morning, late]},
        {"day_of_week": "sunday", "time_windows": [late]},
    ]
    weekly = _preference(dnd_schedules=weekend, timezone="UTC")
    assert is_quiet(weekly, _at(day, hour)) == expected
    assert quiet_hours(weekly) is None


def test_what_was_kept_is_what_is_seen() -> None:
    night = QuietHours(time(22, 30), time(7), "Asia/Tokyo")
    lunch, late = (QuietTime("friday", time(start), time(end)) for start, end in ((12, 13), (22, 2)))
    week = QuietWeek((QuietTime("monday", time(0), time(0)), lunch, late), "Europe/Berlin")
    seen = [cast("PushPreference", {**_preference(), **quiet_params(quiet)}) for quiet in (night, week)]
    assert [(quiet_hours(each), quiet_week(each)) for each in seen] == [(night, None), (None, week)]


def test_times_of_the_week_are_said_in_the_order_of_its_days() -> None:
    times = [QuietTime(day, time(12), time(13)) for day in ("sunday", "monday")]
    said = quiet_params(QuietWeek(tuple(times), "UTC"))
    assert [each["day_of_week"] for each in said.get("dnd_schedules") or ()] == ["monday", "sunday"]


def test_a_week_without_a_time_is_no_quiet_time() -> None:
    assert quiet_params(QuietWeek((), "UTC")) == quiet_params(None) == {"do_not_disturb": False}


def test_a_zone_that_the_system_has_not_is_that_of_the_device() -> None:
    whole = _preference(start_hour=7, start_min=0, timezone="Nowhere/Land")
    assert is_quiet(whole, _at(1, 16))
