"""The map grows before it is full: nobody is refused, and those who read are not disturbed."""

from __future__ import annotations

import logging
import resource
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import lmdb
import pytest
import trio
import trio.lowlevel

from chatd import events
from chatd.errors import StartError, StorageFailed
from chatd.model import User
from chatd.store import growth, tables, upkeep
from chatd.store import store as store_module
from chatd.store.gate import Gate
from chatd.store.store import Store
from chatd.store.transaction import Transaction
from chatd.store.writer import Writer
from tests.store.test_processes import beside
from tests.store.test_writer import add, names

MIB = 2**20
PATIENCE_SECONDS = 60.0


@pytest.fixture
def tiny(tmp_path: Path) -> Any:
    store = Store.open(tmp_path / "data", MIB)
    yield store
    store.close()


def add_much(txn: Transaction, size: int) -> int:
    return txn.append(events.UserCreated(User(0, "someone", "x" * size, "", 0)))


def length(txn: Transaction) -> int:
    return sum(1 for _ in txn.scan(tables.LOG))


def last(txn: Transaction) -> int:
    for (sequence,), _ in txn.scan(tables.LOG, reverse=True):
        return int(sequence)
    return 0


async def fill(writer: Writer, size: int, count: int) -> None:
    for _ in range(count):
        await writer.run(1, add_much, size)


async def read_for_ever(store: Store) -> None:
    """Each look sees at least what the one before it saw, and all of the last event."""
    seen = 0
    while True:
        found = await store.read_in_thread(1, last)
        assert found >= seen
        seen = found
        assert store.read(1, last) >= 0


@pytest.mark.slow
async def test_nothing_is_refused_while_it_grows(tiny: Store, nursery: trio.Nursery) -> None:
    writer = Writer(tiny, lambda _: None)
    await nursery.start(writer.serve)
    for _ in range(2):
        nursery.start_soon(read_for_ever, tiny)
    other = beside(tiny, "write")
    async with trio.open_nursery() as writing:
        for _ in range(8):
            writing.start_soon(fill, writer, 16_000, 350)
    with other:
        assert await trio.to_thread.run_sync(other.wait) == 0
    # How many pages can be used again, those who read decide.
    assert 40 * MIB < tiny.used_bytes() < tiny.map_size() <= 128 * MIB
    assert writer.healthy
    assert writer.refused == 0
    tiny.refresh()
    assert tiny.read(1, length) == 8 * 350 + 50
    nursery.cancel_scope.cancel()


async def test_a_group_that_is_larger_than_the_map(tiny: Store, nursery: trio.Nursery) -> None:
    writer = Writer(tiny, lambda _: None)
    done: list[int] = []
    for _ in range(30):
        writer.submit(1, add_much, (200_000,), lambda result, error: done.append(result))
    await nursery.start(writer.serve)
    await writer.run(1, add, "last")
    assert done == list(range(1, 31))
    assert tiny.map_size() == 8 * MIB
    nursery.cancel_scope.cancel()


def test_it_has_room_when_it_is_opened(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "data", MIB)
    store.write_now(1, add_much, 5 * MIB)
    assert store.map_size() == 8 * MIB
    store.close()
    store = Store.open(tmp_path / "data", MIB)
    assert store.used_bytes() < 0.8 * store.map_size()
    store.refresh()
    assert store.read(1, length) == 1
    store.close()


@pytest.mark.parametrize(
    ("step", "opened"),
    [("open_databases", Store.open), ("upgrade", Store.open), ("existing_databases", Store.open_readonly)],
)
def test_who_opens_while_it_grows_opens_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, opened: Callable[[Path, int], Store]
) -> None:
    made = Store.open(tmp_path / "data", MIB)
    made.close()
    times: list[str] = []
    real = getattr(store_module, step)

    def late(*args: Any) -> Any:
        times.append(step)
        if len(times) == 1:
            with beside(made, "write_much") as process:
                assert process.wait() == 0
        return real(*args)

    monkeypatch.setattr(store_module, step, late)
    store = opened(tmp_path / "data", MIB)
    assert len(times) == 2
    assert store.read(1, length) == 1
    assert store.used_bytes() < 0.8 * store.map_size()
    store.close()


def test_a_file_that_is_never_reached_as_a_whole_is_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Store.open(tmp_path / "data", MIB).close()

    def never(*_: Any) -> Any:
        raise lmdb.MapResizedError

    monkeypatch.setattr(store_module, "existing_databases", never)
    with pytest.raises(StartError, match="damaged"):
        Store.open_readonly(tmp_path / "data", MIB)


async def test_what_another_process_has_enlarged_is_adopted(tiny: Store, nursery: trio.Nursery) -> None:
    writer = Writer(tiny, lambda _: None)
    await nursery.start(writer.serve)
    await writer.run(1, add, "own")
    with beside(tiny, "write_much") as process:
        assert process.wait() == 0
    tiny.refresh()
    assert tiny.is_stale
    assert tiny.read(1, names) == ["own"]
    assert await writer.run(1, add, "more") == 3
    assert not tiny.is_stale
    assert tiny.read(1, length) == await tiny.read_in_thread(1, length) == 3
    assert tiny.map_size() >= 8 * MIB
    nursery.cancel_scope.cancel()


async def test_a_command_adopts_what_the_server_has_enlarged(tiny: Store, nursery: trio.Nursery) -> None:
    writer = Writer(tiny, lambda _: None)
    await nursery.start(writer.serve)
    with beside(tiny, "write_when_told") as process:
        assert process.stdout is not None
        await trio.to_thread.run_sync(process.stdout.readline)
        await writer.run(1, add_much, 5 * MIB)
        (tiny.directory / "go").touch()
        assert await trio.to_thread.run_sync(process.wait) == 0
    assert await writer.run(1, length) == 2
    nursery.cancel_scope.cancel()


async def test_who_reads_is_not_waited_for_while_there_is_room(
    tiny: Store, nursery: trio.Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "RETRY_SECONDS", 0)
    monkeypatch.setattr(upkeep, "PATIENCE_SECONDS", 0)
    writer = Writer(tiny, lambda _: None)
    await nursery.start(writer.serve)
    with tiny.gate.inside():
        while not growth.is_due(tiny.environment):
            await writer.run(1, add_much, 8000)
        await writer.run(1, add_much, 8000)
        assert tiny.map_size() == MIB
    await writer.run(1, add, "then")
    await writer.run(1, add, "and then")
    assert tiny.map_size() == 2 * MIB
    nursery.cancel_scope.cancel()


async def test_who_reads_is_waited_for_when_there_is_none(
    tiny: Store, nursery: trio.Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = Writer(tiny, lambda _: None)
    await nursery.start(writer.serve)
    begun, may_end = threading.Event(), threading.Event()

    def read(txn: Transaction) -> int:
        begun.set()
        assert may_end.wait(PATIENCE_SECONDS)
        return length(txn)

    async with trio.open_nursery() as reading:
        reading.start_soon(tiny.read_in_thread, 1, read)
        await trio.to_thread.run_sync(begun.wait)
        monkeypatch.setattr(upkeep, "URGENT_SECONDS", 0)
        with pytest.raises(StorageFailed):
            await writer.run(1, add_much, 2 * MIB)
        monkeypatch.undo()
        reading.start_soon(writer.run, 1, add_much, 2 * MIB)
        await trio.sleep(0.01)
        may_end.set()
    assert tiny.map_size() == 4 * MIB
    assert tiny.read(1, length) == 1
    nursery.cancel_scope.cancel()


async def test_without_addresses_it_says_so_and_goes_on(
    tiny: Store, nursery: trio.Nursery, caplog: pytest.LogCaptureFixture
) -> None:
    writer = Writer(tiny, lambda _: None)
    await nursery.start(writer.serve)
    await writer.run(1, add, "before")
    before = resource.getrlimit(resource.RLIMIT_AS)
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + 64 * MIB, before[1]))
    try:
        with caplog.at_level(logging.WARNING), pytest.raises(StorageFailed):
            await fill(writer, MIB, 64)
        assert tiny.read(1, names) == ["before"]
        await writer.run(1, add, "after")
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
    assert "map cannot grow to" in str([vars(record).get("error") for record in caplog.records])
    assert tiny.read(1, names) == ["after", "before"]
    await fill(writer, MIB, 40)
    assert tiny.map_size() >= 64 * MIB
    nursery.cancel_scope.cancel()


def test_the_gate_lets_nobody_in_and_waits_for_those_inside() -> None:
    gate = Gate()
    entered, may_leave, second = threading.Event(), threading.Event(), threading.Event()

    def stay() -> None:
        with gate.inside():
            entered.set()
            may_leave.wait(PATIENCE_SECONDS)

    def come() -> None:
        with gate.inside():
            second.set()

    threads = [threading.Thread(target=stay), threading.Thread(target=come)]
    threads[0].start()
    assert entered.wait(PATIENCE_SECONDS)
    with gate.empty(0) as alone:
        assert not alone
    with gate.empty(0.01) as alone:
        assert not alone
        threads[1].start()
        assert not second.wait(0.01)
    assert second.wait(PATIENCE_SECONDS)
    may_leave.set()
    for thread in threads:
        thread.join()
    with gate.empty(0) as alone:
        assert alone
