"""Counts follow the log and what the gateway sees, and nothing is lost or counted twice on the way."""

from __future__ import annotations

from typing import Any

import pytest
import trio
import trio.testing

from chatd import ids
from chatd.domain import COMMANDS
from chatd.domain.statistics.days import date_of
from chatd.domain.statistics.generations import begin_anew
from chatd.domain.statistics.noting import count_attempt
from chatd.errors import Overloaded
from chatd.jobs.statistics import Counter, count_forever
from chatd.store import tables
from tests.gateway.test_hub import World
from tests.jobs.still import moving, until, world

__all__ = ["moving", "world"]

DAY = 24 * 60 * 60 * 1000
NOON = 20_000 * DAY + DAY // 2


def asked(world: World, name: str, **params: Any) -> Any:
    command = COMMANDS[name]
    return world.store.read_now(world.application, command.function, world.backend, command.parse(params))


def dau(world: World) -> int:
    return int(asked(world, "statistics.dau")["dau"])


def by_platform(world: World) -> dict[str, int]:
    """Who was active today, by platform."""
    today = date_of(ids.now_ms() // DAY).isoformat()
    days = {"start_date": today, "end_date": today, "segments": ["platform"]}
    (found,) = asked(world, "statistics.range", metrics=["active_users"], **days)["metrics"]
    return {each["platform"]: each["value"] for each in found["values"]}


def counters(world: World) -> Any:
    found = world.store.read_now(world.application, lambda txn: txn.get(tables.DAY_COUNTERS, ids.now_ms() // DAY))
    assert found is not None
    return found


@pytest.fixture
def clock(world: World, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The time; of the application all is older."""
    now = [ids.now_ms()]
    monkeypatch.setattr(ids, "now_ms", lambda: now[0])
    return now


async def test_who_connects_is_active_and_again_on_the_next_day(world: World, clock: list[int]) -> None:
    counter = Counter(world.store, world.writer, world.hub)
    ann = world.client("ann")
    await counter.turn()
    assert dau(world) == 1
    clock[0] += DAY
    assert dau(world) == 0
    await counter.turn()
    assert dau(world) == 1
    world.hub.leave(ann)
    clock[0] += DAY
    await counter.turn()
    assert dau(world) == 0
    bob = world.client("bob")
    world.hub.leave(bob)
    await counter.turn()
    assert dau(world) == 1


async def test_who_connects_is_told_apart_by_platform(world: World, clock: list[int]) -> None:
    counter = Counter(world.store, world.writer, world.hub)
    there = []
    for user_id, software, platform in (
        ("ann", "chatd-js 0.1.0", "js"),
        ("ann", "js", "js"),
        ("ann", "chatd-python", "python"),
        ("bob", "JavaScript 5", "js"),
        ("bob", "a name that somebody made up", "(other)"),
        ("bob", "", "(other)"),
    ):
        connection = world.client(user_id, software=software)
        there.append((connection, platform))
    await counter.turn()
    assert by_platform(world) == {"js": 2, "python": 1, "(other)": 1}
    for connection, platform in there:
        if platform == "js":
            world.hub.leave(connection)
    clock[0] += DAY
    await counter.turn()
    assert by_platform(world) == {"python": 1, "(other)": 1}


async def test_connections_have_their_peak(world: World, clock: list[int]) -> None:
    counter = Counter(world.store, world.writer, world.hub)
    clients = [world.client(each) for each in ("ann", "ann", "bob")]
    for client in clients:
        world.hub.leave(client)
    assert world.hub.activity.connections(world.application) == 0
    await counter.turn()
    world.client("ann")
    await counter.turn()
    assert counters(world).peak_connections == 3
    assert world.hub.activity.connections(world.application) == 1


async def test_what_cannot_be_written_waits(world: World, clock: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    counter = Counter(world.store, world.writer, world.hub)
    await counter.turn()
    world.client("ann")
    world.hub.activity.add(world.application, "api_calls", 2)

    async def refuse(*args: Any) -> None:
        raise Overloaded("No.")

    with monkeypatch.context() as patch:
        patch.setattr(world.writer, "run", refuse)
        await counter.turn()
        await counter.turn()
    assert dau(world) == 0
    world.hub.activity.add(world.application, "api_calls")
    await counter.turn()
    assert dau(world) == 1
    assert (counters(world).api_calls, counters(world).peak_connections) == (3, 1)


async def test_attempts_are_counted(world: World) -> None:
    for noun, is_delivered in (("webhooks", True), ("webhooks", False), ("pushes", True), ("pushes", True)):
        await world.writer.run(world.application, count_attempt, noun, is_delivered)
    found = counters(world)
    assert (found.webhooks_delivered, found.webhooks_failed, found.pushes_delivered, found.pushes_failed) == (
        1,
        1,
        2,
        0,
    )


async def test_the_log_is_counted_anew_beside_the_counts_that_answer(
    world: World, nursery: trio.Nursery, autojump_clock: trio.testing.MockClock
) -> None:
    nursery.start_soon(count_forever, Counter(world.store, world.writer, world.hub))
    for number in range(3):
        world.now("messages.send", channel_url="kitchen", user_id="ann", message=str(number))
    await until(lambda: dau(world) == 1)
    await world.writer.run(world.application, begin_anew)

    def is_clean() -> bool:
        found = world.store.read_now(world.application, lambda txn: list(txn.scan(tables.GENERATIONS)))
        return [key for key, _ in found] == [(2,)]

    await until(is_clean)
    assert dau(world) == 1
    assert asked(world, "statistics.top", kind="senders")["top"][0]["messages"] == 3
    nursery.cancel_scope.cancel()
