"""What is due is done when it is, once, whatever was killed in between."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import trio
import trio.testing

from chatd import ids
from chatd.domain import stream
from chatd.domain.messages import scheduled
from chatd.jobs.due import AT_ONCE, LONGEST_SECONDS, SHORTEST_SECONDS, do_what_is_due_forever, seconds_until_due
from chatd.model import Actor
from chatd.store.store import Store
from chatd.store.transaction import Transaction
from chatd.store.writer import Writer
from tests.domain.conftest import MAP_SIZE
from tests.domain.conftest import World as Alone
from tests.domain.test_verify import findings_of
from tests.gateway.test_hub import World
from tests.jobs.still import moving, until, world

__all__ = ["moving", "world"]

ROOT = Path(__file__).parents[2]


@pytest.fixture
def clock(autojump_clock: trio.testing.MockClock, monkeypatch: pytest.MonkeyPatch) -> trio.testing.MockClock:
    """The store's time is the test's."""
    began = ids.now_ms()
    monkeypatch.setattr(ids, "now_ms", lambda: began + int(autojump_clock.current_time() * 1000))
    return autojump_clock


def schedule(world: World, seconds: float, user_id: str = "ann", **more: Any) -> int:
    at = ids.now_ms() + int(seconds * 1000)
    params = {"channel_url": "kitchen", "message": f"in {seconds}", "scheduled_at": at, "user_id": user_id} | more
    number: int = world.now("scheduled_messages.create", **params)["scheduled_message_id"]
    world.store.refresh()
    return number


def texts(world: World) -> list[str]:
    world.store.refresh()
    return [
        each["message"]
        for each in world.now("messages.list", channel_url="kitchen", message_ts=0, next_limit=200)["messages"]
    ]


def status(world: World, number: int) -> str:
    found: str = world.now("scheduled_messages.view", scheduled_message_id=number)["scheduled_status"]
    return found


async def test_messages_are_sent_when_they_are_due(
    world: World, nursery: trio.Nursery, clock: trio.testing.MockClock
) -> None:
    first, second = schedule(world, 100), schedule(world, 2_000_000)
    nursery.start_soon(do_what_is_due_forever, world.store, world.writer)
    bob = world.client("bob")
    await trio.sleep(98)
    assert texts(world) == []
    await until(lambda: texts(world) == ["in 100"])
    assert clock.current_time() >= 100
    assert status(world, first) == "sent"
    await until(lambda: "message.created" in world.kinds(bob))
    soon = schedule(world, 5)
    await until(lambda: status(world, soon) == "sent")
    assert status(world, second) == "pending"
    assert not [kind for kind in world.kinds(bob) if kind.startswith("scheduled")]
    nursery.cancel_scope.cancel()


async def test_it_looks_again_when_something_is_due(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    now = ids.now_ms()
    monkeypatch.setattr(ids, "now_ms", lambda: now)
    assert seconds_until_due(world.store) == LONGEST_SECONDS
    schedule(world, 100)
    assert seconds_until_due(world.store) == LONGEST_SECONDS
    monkeypatch.setattr(ids, "now_ms", lambda: now + 99_500)
    assert seconds_until_due(world.store) == 0.5
    monkeypatch.setattr(ids, "now_ms", lambda: now + 200_000)
    assert seconds_until_due(world.store) == SHORTEST_SECONDS


async def test_many_at_the_same_moment_are_each_sent_once(
    world: World, nursery: trio.Nursery, clock: trio.testing.MockClock
) -> None:
    count = 2 * AT_ONCE + 3
    for n in range(count):
        schedule(world, 10, message=str(n))
    nursery.start_soon(do_what_is_due_forever, world.store, world.writer)
    await until(lambda: len(texts(world)) >= count)
    assert sorted(texts(world), key=int) == [str(n) for n in range(count)]
    nursery.cancel_scope.cancel()


async def test_what_cannot_be_sent_says_why(world: World, nursery: trio.Nursery, clock: trio.testing.MockClock) -> None:
    left, kept = schedule(world, 10, "bob"), schedule(world, 10, "ann")
    world.now("channels.leave", channel_url="kitchen", user_ids=["bob"])
    world.store.refresh()
    nursery.start_soon(do_what_is_due_forever, world.store, world.writer)
    await until(lambda: status(world, left) == "failed" and status(world, kept) == "sent")
    failed = world.now("scheduled_messages.view", scheduled_message_id=left)
    assert (failed["reason"], failed["message"]) == ("The user is not a member of the channel.", "in 10")
    world.now("channels.invite", channel_url="kitchen", user_ids=["bob"])
    world.now("scheduled_messages.send_now", scheduled_message_id=left)
    assert status(world, left) == "sent"
    nursery.cancel_scope.cancel()


async def test_a_store_that_cannot_write_is_met_again(
    world: World, nursery: trio.Nursery, clock: trio.testing.MockClock, caplog: pytest.LogCaptureFixture
) -> None:
    schedule(world, 2)
    world.store.refresh()
    full = Writer(world.store, world.hub.publish, inbox=0)
    nursery.start_soon(do_what_is_due_forever, world.store, full)
    await until(lambda: "what is due was not done" in caplog.messages)
    assert texts(world) == []
    full._inbox_limit = 10
    await nursery.start(full.serve)
    await until(lambda: texts(world) == ["in 2"])
    nursery.cancel_scope.cancel()


async def test_messages_disappear_when_their_time_is_over(
    world: World, nursery: trio.Nursery, clock: trio.testing.MockClock
) -> None:
    for text, seconds in (("soon", 5), ("later", 500), ("never", -1)):
        params = {"channel_url": "kitchen", "user_id": "ann", "message": text}
        world.now("messages.send", **params, message_survival_seconds=seconds)
    world.store.refresh()
    nursery.start_soon(do_what_is_due_forever, world.store, world.writer)
    bob = world.client("bob")
    await until(lambda: texts(world) == ["later", "never"])
    await until(lambda: texts(world) == ["never"])
    assert clock.current_time() >= 500
    await until(lambda: world.kinds(bob).count("messages.erased") == 2)
    nursery.cancel_scope.cancel()


@pytest.mark.slow
def test_a_killed_server_sends_nothing_twice(tmp_path: Path) -> None:
    store = Store.open(tmp_path, MAP_SIZE)
    world = Alone(store)
    world.users("ann")
    world.backend("channels.create", channel_url="kitchen", user_ids=["ann"])
    store.write_now(1, schedule_many, world.actor("ann"))
    store.close()
    time.sleep(1.1)
    kills = 0
    while pending(tmp_path):
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.jobs.test_due", str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        assert process.stdout.readline()
        time.sleep(0.05 * (kills + 1))
        process.send_signal(signal.SIGKILL)
        process.wait()
        kills += 1
    store = Store.open(tmp_path, MAP_SIZE)
    world = Alone.__new__(Alone)
    world.store, world.application, world.told = store, 1, []
    assert world.backend("messages.count", channel_url="kitchen")["total"] == 400
    assert not findings_of(store)
    store.close()


def schedule_many(txn: Transaction, actor: Actor) -> None:
    for n in range(400):
        params = {"channel_url": "kitchen", "message": str(n), "scheduled_at": txn.now + 1000}
        scheduled.create.function(txn, actor, scheduled.create.parse(params))


def pending(directory: Path) -> int:
    store = Store.open(directory, MAP_SIZE)
    try:
        return store.entries()["due"]
    finally:
        store.close()


async def _serve(directory: Path) -> None:
    store = Store.open(directory, MAP_SIZE)
    writer = Writer(store, lambda _: None, group=7)
    async with trio.open_nursery() as nursery:
        await nursery.start(writer.serve)
        nursery.start_soon(do_what_is_due_forever, store, writer)
        head = store.read(1, stream.top)
        while store.read(1, stream.top) == head:
            await trio.sleep(0.001)
        print("begun", flush=True)
        await trio.sleep_forever()


if __name__ == "__main__":
    trio.run(_serve, Path(sys.argv[1]))
