"""Announcements are opened by receivers who read them, once each, whatever they are counted in."""

from __future__ import annotations

from typing import Any

import pytest

from chatd import ids
from chatd.domain.announcements.sending import send_some
from chatd.domain.statistics import generations
from chatd.errors import InvalidValue, NotFound, OutOfRange
from tests.domain.conftest import World
from tests.domain.test_statistics import FIRST, Clock, clock, follow, name
from tests.domain.test_verify import findings_of

__all__ = ["clock"]

HOUR = 60 * 60 * 1000


def announce(world: World, unique_id: str = "news", **params: Any) -> None:
    message = {"type": "MESG", "user_id": "gus", "content": "news"}
    world.backend("announcements.create", unique_id=unique_id, message=message, target_channel_type="all", **params)
    while world.write(send_some, 1):
        pass


@pytest.fixture
def home(world: World, clock: Clock) -> World:
    """gus shares a channel with ann, and another one with ann and bob."""
    world.users("gus", "ann", "bob", "eve")
    world.backend("channels.create", channel_url="pair", user_ids=["gus", "ann"])
    world.backend("channels.create", channel_url="three", user_ids=["gus", "ann", "bob"])
    return world


def rates(world: World, unique_id: str = "news") -> Any:
    return world.backend("announcements.open_rate", unique_id=unique_id)


def statuses(world: World, **params: Any) -> list[tuple[str, str, bool]]:
    found = world.backend("announcements.open_status", unique_id="news", limit=100, **params)["open_status"]
    return [(each["channel_url"], each["user_id"], each["has_opened"]) for each in found]


def test_who_reads_has_opened(home: World, clock: Clock) -> None:
    announce(home)
    follow(home, 3)
    assert rates(home)["open_counts"] == []
    assert statuses(home) == [("pair", "ann", False), ("three", "ann", False), ("three", "bob", False)]
    clock.now += HOUR
    home.client("ann", "channels.mark_read", channel_url="three")
    clock.now += HOUR
    home.client("ann", "channels.mark_read", channel_url="three")
    home.client("gus", "channels.mark_read", channel_url="three")
    home.client("bob", "channels.mark_read", channel_url="three")
    follow(home)
    assert rates(home) == {
        "open_counts": [0, 1, 1],
        "open_rates": [0.0, 0.3333, 0.3333],
        "cumulative_open_counts": [0, 1, 2],
        "cumulative_open_rates": [0.0, 0.3333, 0.6667],
    }
    assert statuses(home, has_opened=True) == [("three", "ann", True), ("three", "bob", True)]
    assert statuses(home, user_ids=["ann"], channel_urls=["pair"]) == [("pair", "ann", False)]
    assert not findings_of(home.store)


def test_who_came_later_is_no_receiver(home: World) -> None:
    announce(home)
    home.backend("channels.invite", channel_url="three", user_ids=["eve"])
    home.client("eve", "channels.mark_read", channel_url="three")
    home.client("bob", "channels.leave", channel_url="three")
    follow(home)
    assert rates(home)["open_counts"] == []
    assert statuses(home) == [("pair", "ann", False), ("three", "ann", False)]


def test_several_are_opened_at_once_and_counted_anew_the_same(home: World) -> None:
    for unique_id in ("news", "more"):
        announce(home, unique_id, announcement_group="daily")
        follow(home)
    home.client("ann", "channels.mark_read", channel_url="pair")
    follow(home, 1)
    before = rates(home), rates(home, "more"), stats(home)
    assert before[0]["open_counts"] == before[1]["open_counts"] == [1]
    assert home.backend("announcements.open_rate_of_group", group="daily")["open_counts"] == [2]
    assert home.backend("announcements.open_rate_of_group", group="none")["open_counts"] == []
    home.backend("channels.delete", channel_url="pair")
    home.write(generations.begin_anew)
    follow(home)
    assert (rates(home), rates(home, "more"), stats(home)) == before
    assert statuses(home) == [("three", "ann", False), ("three", "bob", False)]


def stats(world: World) -> Any:
    return world.backend("announcements.daily_stats", start_date=name(FIRST), end_date=name(FIRST))["statistics"]


def test_days_weeks_and_months(home: World, clock: Clock) -> None:
    announce(home)
    clock.now += 2 * 24 * HOUR
    home.client("ann", "channels.mark_read", channel_url="pair")
    follow(home)
    sent = {"sent_channel_count": 2, "sent_user_count": 3}
    assert stats(home) == [{"date": "2026-01-20", "open_count": 0} | sent]
    week = home.backend("announcements.weekly_stats", start_week="2026-W4", end_week="2026-W5")["statistics"]
    assert week[0] == {"date": "2026-W4", "open_count": 1} | sent
    assert week[1] == {"date": "2026-W5", "open_count": 0, "sent_channel_count": 0, "sent_user_count": 0}
    month = home.backend("announcements.monthly_stats", start_month="2026-01", end_month="2026-01")["statistics"]
    assert month == [{"date": "2026-01", "open_count": 1} | sent]
    assert ids.now_ms() == clock.now


def test_what_cannot_be_asked(home: World) -> None:
    with pytest.raises(OutOfRange):
        home.backend("announcements.daily_stats", start_date="2026-01-01", end_date="2026-02-28")
    with pytest.raises(OutOfRange):
        home.backend("announcements.weekly_stats", start_week="2026-W1", end_week="2026-W6")
    with pytest.raises(InvalidValue):
        home.backend("announcements.weekly_stats", start_week="2026-W60", end_week="2026-W60")
    with pytest.raises(OutOfRange):
        home.backend("announcements.monthly_stats", start_month="2026-01", end_month="2026-02")
    with pytest.raises(NotFound):
        rates(home, "nothing")


def test_pages_go_on_where_they_ended(home: World) -> None:
    announce(home)
    follow(home)
    first = home.backend("announcements.open_status", unique_id="news", limit=2)
    second = home.backend("announcements.open_status", unique_id="news", limit=2, token=first["next"])
    found = [(each["channel_url"], each["user_id"]) for each in first["open_status"] + second["open_status"]]
    assert found == [("pair", "ann"), ("three", "ann"), ("three", "bob")]
    assert not second["next"]
