"""Retention runs by itself, beside others' work, and leaves what is to be kept."""

from __future__ import annotations

import pytest
import trio
import trio.testing

from chatd import ids
from chatd.jobs import retention as job
from chatd.jobs.pace import MESSAGES_AT_ONCE
from chatd.jobs.retention import retain_forever
from chatd.store.writer import Writer
from tests.gateway.test_hub import World
from tests.jobs.still import moving, until, world

__all__ = ["moving", "world"]

HOUR_SECONDS = 3600


def send(world: World, count: int) -> None:
    for n in range(count):
        world.now("messages.send", channel_url="kitchen", user_id="ann", message=f"message {n}")
    world.hub.catch_up()


def total(world: World) -> int:
    world.store.refresh()
    found: int = world.now("messages.count", channel_url="kitchen")["total"]
    return found


async def test_old_messages_go_while_time_passes(
    world: World, nursery: trio.Nursery, autojump_clock: trio.testing.MockClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store's time is the test's."""
    began = ids.now_ms()
    monkeypatch.setattr(ids, "now_ms", lambda: began + int(autojump_clock.current_time() * 1000))
    monkeypatch.setattr(job, "PAUSE_SECONDS", 60)
    send(world, 250)
    bob = world.client("bob")
    world.now("retention.update", message_retention_hours=1)
    nursery.start_soon(retain_forever, world.store, world.writer)
    await trio.sleep(3500)
    assert total(world) == 250
    await until(lambda: world.kinds(bob).count("messages.expired") == -(-250 // MESSAGES_AT_ONCE))
    assert total(world) == 0
    assert autojump_clock.current_time() > HOUR_SECONDS
    nursery.cancel_scope.cancel()


async def test_each_application_has_its_own(
    world: World, nursery: trio.Nursery, autojump_clock: trio.testing.MockClock
) -> None:
    send(world, 5)
    world.now("channels.update", channel_url="kitchen", message_survival_count=2)
    nursery.start_soon(retain_forever, world.store, world.writer)
    await until(lambda: total(world) == 2)
    send(world, 5)
    await until(lambda: total(world) == 2)
    nursery.cancel_scope.cancel()


async def test_a_store_that_cannot_write_is_met_again(
    world: World, nursery: trio.Nursery, autojump_clock: trio.testing.MockClock, caplog: pytest.LogCaptureFixture
) -> None:
    send(world, 5)
    world.now("channels.update", channel_url="kitchen", message_survival_count=2)
    world.store.refresh()
    full = Writer(world.store, world.hub.publish, inbox=0)
    nursery.start_soon(retain_forever, world.store, full)
    await until(lambda: "retention failed" in caplog.messages)
    assert total(world) == 5
    full._inbox_limit = 10
    await nursery.start(full.serve)
    await until(lambda: total(world) == 2)
    nursery.cancel_scope.cancel()
