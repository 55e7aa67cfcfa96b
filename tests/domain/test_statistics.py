"""What is counted is what a count over the whole log finds, whatever happened, in whatever pieces it was counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from chatd import events, ids
from chatd.domain.statistics import generations
from chatd.domain.statistics.counting import channel_type, count
from chatd.domain.statistics.days import MILLISECONDS
from chatd.domain.statistics.noting import keep_active, places_of
from chatd.domain.statistics.people import MONTH, WEEK
from chatd.domain.statistics.recounting import recount
from chatd.domain.upkeep.purge import purge
from chatd.errors import IncompatibleValues, InvalidValue, MissingParameter, OutOfRange
from chatd.model import Channel
from chatd.store import tables
from chatd.store.store import Store
from tests.domain.conftest import MAP_SIZE, MEMORY, World
from tests.domain.histories import USERS, begin, histories, play

# Noon of a day in 2026; a history may take some weeks from here.
FIRST = (date(2026, 1, 20) - date(1970, 1, 1)).days
START = FIRST * MILLISECONDS + MILLISECONDS // 2
# How much time passes before a step: often across midnight, at times across weeks.
pauses = st.lists(st.sampled_from([0, 1000, MILLISECONDS // 2, MILLISECONDS // 2 - 1, MILLISECONDS, 9 * MILLISECONDS]))

Days = dict[int, set[int]]


class Clock:
    """The time of a history. `there` is who was noted as connected, by day."""

    def __init__(self) -> None:
        self.now = START
        self.there: Days = {}

    def today(self) -> int:
        return self.now // MILLISECONDS


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(ids, "now_ms", lambda: clock.now)
    return clock


def follow(world: World, at_once: int = 7) -> None:
    """Count what is new."""
    world.write(generations.begin)
    counting = world.store.read(world.application, lambda txn: txn.require(tables.COUNTING))
    for generation in filter(None, (counting.live, counting.coming)):
        while True:
            counted = world.store.read_now(world.application, count, generation, at_once)
            if counted.after == counted.before:
                break
            world.write(generations.keep, counted)
            world.write(generations.keep, counted)  # a second time is none
    while counting.coming and world.write(generations.mend):
        pass
    while world.write(generations.clear):
        pass


def connect(world: World, clock: Clock, user_id: str) -> None:
    """As if a user was connected at this moment."""
    user = world.actor(user_id).user or 0
    clock.there.setdefault(clock.today(), set()).add(user)
    follow(world)
    places, unknown = world.store.read_now(world.application, places_of, {user})
    assert not unknown
    world.write(keep_active, clock.today(), places)


def live(world: World, clock: Clock, history: list[Any], waits: list[int], counts: bool = True) -> None:
    """A history in which time passes, and which is counted now and then."""
    things = begin(world)
    for nth, each in enumerate(history):
        clock.now += waits[nth % len(waits)] if waits else 0
        play(world, each, things)
        if counts and nth % 5 == 0:
            connect(world, clock, USERS[nth % len(USERS)])
    follow(world)


def log(world: World) -> Iterator[tuple[int, Any, int]]:
    for (sequence,), entry in world.store.read(world.application, lambda txn: list(txn.scan(tables.LOG))):
        yield sequence, entry.event, entry.time


def by_hand(world: World, clock: Clock) -> tuple[Days, Days]:
    """Who was active, and who was made, by day: from the log, one event after the other."""
    bots, active, made = set(), {day: set(users) for day, users in clock.there.items()}, {}
    for sequence, event, time in log(world):
        if isinstance(event, events.UserCreated):
            if event.user.is_bot:
                bots.add(sequence)
            else:
                made.setdefault((event.user.created_at or time) // MILLISECONDS, set()).add(sequence)
        if isinstance(event, events.MessageSent) and event.message.sender not in bots | {0}:
            active.setdefault((event.message.created_at or time) // MILLISECONDS, set()).add(event.message.sender)
    return active, made


def union(found: Days, days: Iterable[int]) -> set[int]:
    return set().union(*(found.get(day, set()) for day in days))


def name(day: int) -> str:
    return (date(1970, 1, 1) + timedelta(days=day)).isoformat()


def figures(world: World, first: int, last: int, *metrics: str, **params: Any) -> dict[str, list[Any]]:
    asked = {"start_date": name(first), "end_date": name(last), "metrics": list(metrics)} | params
    return {each["metric_type"]: each["values"] for each in world.backend("statistics.range", **asked)["metrics"]}


def check(world: World, clock: Clock) -> None:
    """Active users of days, weeks and months, and cohorts, are what a count by hand finds."""
    active, made = by_hand(world, clock)
    last = clock.today() + 1
    days = range(FIRST - 1, last + 1)
    found = figures(world, days[0], last, "active_users", "wau", "mau", "created_users")
    assert [each["value"] for each in found["active_users"]] == [len(active.get(day, ())) for day in days]
    for metric, length in (("wau", WEEK), ("mau", MONTH)):
        expected = [len(union(active, range(day - length + 1, day + 1))) for day in days]
        assert [each["value"] for each in found[metric]] == expected
    assert [each["value"] for each in found["created_users"]] == [len(made.get(day, ())) for day in days]
    assert world.backend("statistics.dau", date=name(clock.today()))["dau"] == len(active.get(clock.today(), ()))
    assert world.backend("statistics.mau")["mau"] == len(union(active, range(clock.today() - 29, clock.today() + 1)))
    check_cohorts(world, active, made, last)


def check_cohorts(world: World, active: Days, made: Days, last: int) -> None:
    last = min(last, FIRST + 20)
    asked = {"start_date": name(FIRST), "end_date": name(last), "cohort": "day"}
    for day, cohort in enumerate(world.backend("statistics.retention", **asked)["cohorts"], FIRST):
        members = made.get(day, set())
        assert cohort["users"] == len(members)
        assert cohort["active"] == [len(members & active.get(each, set())) for each in range(day, last + 1)]


@settings(max_examples=15)
@given(histories, pauses, st.integers(1, 50))
def test_people_are_counted_as_by_hand(history: list[Any], waits: list[int], at_once: int) -> None:
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory(dir=MEMORY) as directory:
        clock = Clock()
        patch.setattr(ids, "now_ms", lambda: clock.now)
        store = Store.open(Path(directory) / "data", MAP_SIZE)
        world = World(store)
        try:
            live(world, clock, history, waits)
            check(world, clock)
            before = snapshot(world, clock)
            world.write(generations.begin_anew)
            follow(world, at_once)
            check(world, clock)
            assert snapshot(world, clock) == before
        finally:
            store.close()


def snapshot(world: World, clock: Clock) -> Any:
    """Everything that can be asked."""
    metrics = [
        "messages",
        "message_senders",
        "message_viewers",
        "active_channels",
        "created_channels",
        "messages_per_user",
    ]
    segments = ["channel_type", "custom_channel_type"]
    whole = figures(
        world, FIRST, clock.today(), *metrics, "deactivated_users", "deleted_users", time_dimension="monthly"
    )
    top = [world.backend("statistics.top", kind=kind, days=31) for kind in ("channels", "senders")]
    return whole, top, figures(world, FIRST, clock.today(), *metrics, segments=segments)


def chat(world: World) -> None:
    """Two channels of kinds, messages of each type."""
    world.users("ann", "bob")
    world.backend("channels.create", channel_url="tea1", user_ids=["ann", "bob"], custom_type="tea")
    world.client("ann", "open_channels.create", channel_url="hall", custom_type="hall")
    for text in ("hello", "again"):
        world.client("ann", "messages.send", channel_url="tea1", message=text, custom_type="greeting")
    world.client("bob", "messages.send", channel_url="tea1", files=[{"file_id": world.upload("bob", "picture")}])
    world.backend("messages.send", channel_url="tea1", message="News", message_type="ADMM")
    world.client("bob", "messages.send", channel_url="hall", message="hey")
    world.client("bob", "channels.mark_read", channel_url="tea1")


def flat(values: list[Any]) -> Counter[tuple[str, ...]]:
    return Counter(
        {tuple(str(each[key]) for key in each if key not in ("date", "value")): each["value"] for each in values}
    )


def test_messages_are_told_apart_by_segments(world: World, clock: Clock) -> None:
    chat(world)
    follow(world)
    found = figures(world, FIRST, FIRST, "messages", segments=["channel_type", "message_type", "custom_message_type"])
    assert flat(found["messages"]) == {
        ("group_channels", "MESG", "greeting"): 2,
        ("group_channels", "FILE", ""): 1,
        ("group_channels", "ADMM", ""): 1,
        ("open_channels", "MESG", ""): 1,
    }
    by_type = figures(
        world,
        FIRST,
        FIRST,
        "message_senders",
        "active_channels",
        "created_channels",
        segments=["custom_channel_type"],
    )
    assert flat(by_type["message_senders"]) == {("tea",): 2, ("hall",): 1}
    assert flat(by_type["active_channels"]) == flat(by_type["created_channels"]) == {("tea",): 1, ("hall",): 1}


def test_channels_count_as_they_were(world: World, clock: Clock) -> None:
    chat(world)
    world.backend("channels.update", channel_url="tea1", custom_type="coffee")
    world.client("ann", "messages.send", channel_url="tea1", message="black")
    world.backend("channels.delete", channel_url="tea1")
    follow(world)
    found = figures(world, FIRST, FIRST, "messages", segments=["custom_channel_type"])
    assert flat(found["messages"]) == {("tea",): 4, ("coffee",): 1, ("hall",): 1}


def test_messages_that_were_removed_are_counted_as_before(world: World, clock: Clock) -> None:
    chat(world)
    follow(world)
    segments = ["message_type", "custom_message_type"]
    before = figures(world, FIRST, FIRST, "messages", "message_senders", segments=segments)
    world.backend("channels.delete", channel_url="tea1")
    while world.write(purge, 2):
        pass
    recount(world.store, world.application)
    world.store.refresh()
    assert figures(world, FIRST, FIRST, "messages", "message_senders", segments=segments) == before


def test_what_was_removed_before_it_was_counted_is_a_message_still(world: World, clock: Clock) -> None:
    chat(world)
    sent = world.client("bob", "messages.send", channel_url="tea1", message="oh")["message_id"]
    world.client("bob", "messages.delete", channel_url="tea1", message_id=sent)
    follow(world)
    found = figures(world, FIRST, FIRST, "messages", segments=["message_type"])
    assert flat(found["messages"]) == {("MESG",): 3, ("FILE",): 1, ("ADMM",): 1, ("removed",): 1}


def test_custom_types_without_end_are_counted_together(world: World, clock: Clock) -> None:
    chat(world)
    for number in range(120):
        world.backend("messages.send", channel_url="tea1", user_id="ann", message="x", custom_type=str(number))
    follow(world, 1000)
    found = flat(figures(world, FIRST, FIRST, "messages", segments=["custom_message_type"])["messages"])
    assert sum(found.values()) == 125
    assert len(found) < 110
    assert found["(other)",] > 10


def test_who_had_most_messages(world: World, clock: Clock) -> None:
    chat(world)
    clock.now += 30 * MILLISECONDS
    world.client("bob", "messages.send", channel_url="hall", message="late")
    follow(world)
    top = world.backend("statistics.top", kind="senders", days=31)["top"]
    assert [(each["user_id"], each["messages"]) for each in top] == [("bob", 3), ("ann", 2)]
    top = world.backend("statistics.top", kind="channels", days=1)["top"]
    assert [(each["channel_url"], each["messages"]) for each in top] == [("hall", 1)]
    clock.now += MILLISECONDS
    follow(world)
    assert min(key[2] for key, _ in world.store.read(1, lambda txn: list(txn.scan(tables.TALLIES)))) == FIRST + 30


def test_users_who_are_no_more(world: World, clock: Clock) -> None:
    chat(world)
    world.backend("users.update", user_id="ann", is_active=False)
    world.backend("users.update", user_id="ann", is_active=False)
    world.backend("users.delete", user_id="bob")
    follow(world)
    found = figures(world, FIRST, FIRST, "deactivated_users", "deleted_users", "created_users", "active_users")
    assert {metric: values[0]["value"] for metric, values in found.items()} == {
        "deactivated_users": 1,
        "deleted_users": 1,
        "created_users": 2,
        "active_users": 2,
    }


def test_the_platform_asks_for_months(world: World, clock: Clock) -> None:
    chat(world)
    clock.now += 20 * MILLISECONDS
    world.client("bob", "messages.send", channel_url="hall", message="late")
    follow(world)
    span = {"time_dimension": "monthly", "start_year": 2026, "start_month": 1, "end_year": 2026, "end_month": 3}
    page = world.backend("statistics.metric", metric_type="messages", limit=2, **span)
    assert page["values"] == [{"date": "2026-01-01", "value": 5}, {"date": "2026-02-01", "value": 1}]
    page = world.backend("statistics.metric", metric_type="messages", token=page["next"], **span)
    assert (page["values"], page["next"]) == ([{"date": "2026-03-01", "value": 0}], "")
    people = world.backend("statistics.metric", metric_type="messages_per_user", **span)["values"]
    assert [each["value"] for each in people] == [2.5, 1.0, 0.0]


def test_what_cannot_be_asked(world: World) -> None:
    day = {"time_dimension": "daily", "start_year": 2026, "start_month": 2, "end_year": 2026, "end_month": 2}
    with pytest.raises(MissingParameter):
        world.backend("statistics.metric", metric_type="messages", **day)
    with pytest.raises(InvalidValue):
        world.backend("statistics.metric", metric_type="messages", start_day=1, end_day=30, **day)
    with pytest.raises(OutOfRange):
        world.backend("statistics.metric", metric_type="messages", start_day=2, end_day=1, **day)
    with pytest.raises(IncompatibleValues):
        world.backend(
            "statistics.metric", metric_type="created_users", segments=["channel_type"], start_day=1, end_day=2, **day
        )
    with pytest.raises(InvalidValue):
        world.backend("statistics.dau", date="2026-02-30")


def test_kinds_of_channels() -> None:
    plain = Channel(1, "x", "", "", "", "", 0, 0)
    kinds = [plain, replace(plain, is_super=True), replace(plain, is_open=True)]
    assert [channel_type(each) for each in kinds] == ["group_channels", "supergroup_channels", "open_channels"]
