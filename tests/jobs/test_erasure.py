"""Persons are forgotten by a job that may end anywhere."""

from __future__ import annotations

from typing import Any

import pytest
import trio
import trio.testing

from chatd.domain.messages.discarding import discard
from chatd.domain.messages.files import keep_upload
from chatd.jobs.erasure import erase_forever
from chatd.jobs.files import remove_files_forever
from chatd.model import File, Message
from chatd.store.transaction import Transaction
from chatd.store.writer import Writer
from tests.domain.test_erasure import places
from tests.gateway.test_hub import World
from tests.jobs.still import moving, until, world

__all__ = ["moving", "world"]

MARK = "xyzzy"


def write(world: World, count: int) -> None:
    for n in range(count):
        world.now("messages.send", channel_url="kitchen", user_id="ann", message=f"{MARK} {n}", req_id=f"{MARK} {n}")
        world.now("messages.send", channel_url="kitchen", user_id="bob", message=f"his {n}")
    world.hub.catch_up()


def status(world: World, number: str) -> str:
    world.store.refresh()
    found: str = world.now("privacy.view", request_id=number)["status"]
    return found


async def test_what_is_asked_for_is_done(
    world: World, nursery: trio.Nursery, autojump_clock: trio.testing.MockClock
) -> None:
    write(world, 150)
    bob = world.client("bob")
    first = world.now("users.erase", user_id="ann")["request_id"]
    second = world.now("privacy.create", user_ids=["nobody"])["request_id"]
    world.store.refresh()
    nursery.start_soon(erase_forever, world.store, world.writer)
    await until(lambda: status(world, second) == "done")
    await until(world.store.search.wished)
    assert status(world, first) == "done"
    assert places(world.store, MARK) == []
    assert set(world.kinds(bob)) == {"member.left", "messages.erased"}
    assert world.now("messages.count", channel_url="kitchen") == {"total": 150}
    nursery.cancel_scope.cancel()


class Ending:
    """A writer that ends whoever uses it for the `last` time: the commit happens, and nobody is told."""

    def __init__(self, writer: Writer, scope: trio.CancelScope, last: int) -> None:
        self._writer = writer
        self._scope = scope
        self._left = last

    async def run(self, *args: Any) -> Any:
        self._left -= 1
        if self._left == 0:
            self._scope.cancel()
        return await self._writer.run(*args)


async def test_it_goes_on_after_an_end_anywhere(world: World, autojump_clock: trio.testing.MockClock) -> None:
    write(world, 150)
    number = world.now("users.erase", user_id="ann")["request_id"]
    world.store.refresh()
    ends = 0
    while status(world, number) != "done":
        ends += 1
        async with trio.open_nursery() as nursery:
            nursery.start_soon(erase_forever, world.store, Ending(world.writer, nursery.cancel_scope, ends))
            await until(lambda: status(world, number) == "done")
            nursery.cancel_scope.cancel()
    assert ends > 5
    assert places(world.store, MARK) == []


def discard_something(txn: Transaction) -> None:
    file = File("blob", "", "", 0)
    discard(txn, Message(0, 0, 0, 0, 0, "", files=(file,)))


async def test_it_waits_for_files(world: World, nursery: trio.Nursery, autojump_clock: trio.testing.MockClock) -> None:
    world.store.write_now(world.application, discard_something)
    number = world.now("users.erase", user_id="ann")["request_id"]
    world.store.refresh()
    nursery.start_soon(erase_forever, world.store, world.writer)
    with world.store.blobs.kept():  # somebody copies them
        await until(lambda: status(world, number) == "in_progress")
        await trio.sleep(100)
        assert status(world, number) == "in_progress"
    await until(lambda: status(world, number) == "done")
    nursery.cancel_scope.cancel()


async def test_files_are_removed_from_disk(
    world: World, nursery: trio.Nursery, autojump_clock: trio.testing.MockClock
) -> None:
    paths = [world.store.blobs.path(world.application, file_id) for file_id in ("sent", "waiting", "his")]
    for path, user in zip(paths, (1, 1, 2), strict=True):  # ann, ann, bob
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(MARK.encode())
        file = File(path.name, "a.txt", "text/plain", len(MARK))
        world.store.write_now(world.application, keep_upload, user, file)
    for user_id, file_id in (("ann", "sent"), ("bob", "his")):
        world.now("messages.send", channel_url="kitchen", user_id=user_id, files=[{"file_id": file_id}])
    number = world.now("users.erase", user_id="ann")["request_id"]
    world.hub.catch_up()
    nursery.start_soon(erase_forever, world.store, world.writer)
    nursery.start_soon(remove_files_forever, world.store, world.writer)
    await until(lambda: status(world, number) == "done")
    assert [path.exists() for path in paths] == [False, False, True]
    nursery.cancel_scope.cancel()


async def test_a_store_that_cannot_write_is_met_again(
    world: World, nursery: trio.Nursery, autojump_clock: trio.testing.MockClock, caplog: pytest.LogCaptureFixture
) -> None:
    write(world, 3)
    number = world.now("users.erase", user_id="ann")["request_id"]
    world.store.refresh()
    full = Writer(world.store, world.hub.publish, inbox=0)
    nursery.start_soon(erase_forever, world.store, full)
    await until(lambda: "erasure failed" in caplog.messages)
    full._inbox_limit = 10
    await nursery.start(full.serve)
    await until(lambda: status(world, number) == "done")
    nursery.cancel_scope.cancel()
