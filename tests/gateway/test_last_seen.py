"""When users were last connected is written in parts, answered from memory until then, and lost by no refusal."""

from __future__ import annotations

import pytest
import trio

from chatd.domain.tenants import applications
from chatd.gateway.last_seen import USERS_AT_ONCE, LastSeen
from chatd.store import tables
from chatd.store.writer import Writer
from tests.gateway.test_hub import World, world

__all__ = ["world"]


def kept(world: World, application: int) -> dict[int, int]:
    found = world.store.read(application, lambda txn: list(txn.scan(tables.LAST_SEEN)))
    return {number: at for (number,), at in found}


def of(world: World, last_seen: LastSeen, number: int) -> int:
    return world.store.read(world.application, last_seen.of, number)


async def test_the_newest_is_kept_for_each_application(world: World) -> None:
    last_seen = LastSeen(world.writer)
    other = world.store.write_now(0, applications.create, "other").number
    for number in (1, 2):  # ann and bob
        last_seen.note(world.application, number, 5)
        last_seen.note(world.application, number, 10 + number)
    last_seen.note(other, 1, 7)
    assert of(world, last_seen, 1) == 11
    assert of(world, last_seen, 3) == -1
    await last_seen.save()
    assert len(last_seen) == 0
    assert kept(world, world.application) == {1: 11, 2: 12}
    assert kept(world, other) == {}  # it has no such user
    assert of(world, last_seen, 1) == 11


async def test_many_are_written_in_parts(world: World) -> None:
    last_seen = LastSeen(world.writer)
    for number in range(1, 2 * USERS_AT_ONCE + 2):
        last_seen.note(world.application, number, number)
    jobs = world.writer.jobs
    await last_seen.save()
    assert world.writer.jobs == jobs + 3
    assert kept(world, world.application) == {1: 1, 2: 2}


async def test_what_cannot_be_written_waits(world: World) -> None:
    full = Writer(world.store, world.hub.publish, inbox=0)
    last_seen = LastSeen(full)
    for number in (1, 2):
        last_seen.note(world.application, number, 5)
    await last_seen.save()
    assert len(last_seen) == 2
    assert of(world, last_seen, 1) == 5
    assert kept(world, world.application) == {}
    last_seen.note(world.application, 1, 6)
    last_seen._writer = world.writer
    await last_seen.save()
    assert kept(world, world.application) == {1: 6, 2: 5}


async def test_of_too_many_the_oldest_are_forgotten(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chatd.gateway.last_seen.MAX_WAITING", 2)
    last_seen = LastSeen(world.writer)
    for number in (1, 2, 3):
        last_seen.note(world.application, number, 5)
    assert [of(world, last_seen, number) for number in (1, 2, 3)] == [-1, 5, 5]


async def test_it_is_known_while_it_is_being_written(world: World) -> None:
    last_seen = LastSeen(world.writer)
    last_seen.note(world.application, 1, 5)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(last_seen.save)
        await trio.lowlevel.checkpoint()
        while len(last_seen):
            assert of(world, last_seen, 1) == 5
            await trio.lowlevel.checkpoint()
    assert of(world, last_seen, 1) == 5
