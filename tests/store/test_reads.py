"""Reading beside the loop: a few at a time, and no more waiting than can be answered."""

from __future__ import annotations

import threading

import pytest
import trio
import trio.lowlevel
import trio.testing

from chatd.errors import Overloaded
from chatd.store import store as store_module
from chatd.store import tables
from chatd.store.remembering import TooMuch
from chatd.store.store import MAX_READ_THREADS, Store
from chatd.store.transaction import Transaction
from tests.store.test_writer import add, names


class Held:
    """A read that lasts until it is let go."""

    def __init__(self) -> None:
        self.go = threading.Event()

    def read(self, txn: Transaction) -> list[str]:
        self.go.wait()
        return names(txn)


async def _hold(store: Store, nursery: trio.Nursery, count: int) -> Held:
    """Let `count` reads begin or wait."""
    held = Held()
    for _ in range(count):
        nursery.start_soon(store.read_in_thread, 1, held.read)
    await trio.testing.wait_all_tasks_blocked()
    return held


async def test_a_thread_sees_what_is_committed_now(store: Store) -> None:
    store.write_now(1, add, "a")
    assert store.read(1, names) == []
    assert await store.read_in_thread(1, names) == ["a"]


async def test_what_it_raises_comes_back(store: Store) -> None:
    def fail(txn: Transaction) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await store.read_in_thread(1, fail)


async def test_too_many_are_refused_at_once(
    store: Store, nursery: trio.Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "MAX_WAITING_READS", 3)
    held = await _hold(store, nursery, MAX_READ_THREADS + 3)
    with pytest.raises(Overloaded):
        await store.read_in_thread(1, names)
    held.go.set()
    while nursery.child_tasks:
        await trio.lowlevel.checkpoint()
    assert await store.read_in_thread(1, names) == []


async def test_who_waits_too_long_is_refused(
    store: Store, nursery: trio.Nursery, autojump_clock: trio.testing.MockClock
) -> None:
    held = await _hold(store, nursery, MAX_READ_THREADS)
    with pytest.raises(Overloaded):
        await store.read_in_thread(1, names)
    held.go.set()


async def test_readers_do_not_hold_up_the_writer(store: Store, nursery: trio.Nursery) -> None:
    held = await _hold(store, nursery, MAX_READ_THREADS)
    assert store.write_now(1, add, "a") == 1
    held.go.set()


def test_a_brief_read_sees_what_has_been_published_as_long_as_that_is_little(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "BRIEF_ROWS", 3)
    for name in "abc":
        store.write_now(1, add, name)
    assert store.read_briefly(1, names) == []
    store.refresh()
    assert store.read_briefly(1, names) == ["a", "b", "c"]
    store.write_now(1, add, "d")
    store.refresh()
    with pytest.raises(TooMuch):
        store.read_briefly(1, names)
    assert store.read(1, names) == ["a", "b", "c", "d"]


def test_rows_of_all_scans_of_a_brief_read_count(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "BRIEF_ROWS", 3)
    store.write_now(1, add, "a")
    store.refresh()

    def again(txn: Transaction, times: int) -> int:
        return sum(
            len(list(view.scan(tables.USER_IDS, reverse=bool(turn % 2))))
            for turn in range(times)
            for view in [txn.bind(1)]
        )

    assert store.read_briefly(1, again, 3) == 3
    with pytest.raises(TooMuch):
        store.read_briefly(1, again, 4)


def test_what_depends_on_the_store_alone_is_found_out_once_for_a_snapshot(store: Store) -> None:
    runs = []

    def counted(txn: Transaction, more: str) -> list[str]:
        runs.append(more)
        return [*names(txn), more]

    def twice(txn: Transaction) -> list[list[str]]:
        return [txn.once(counted, "y"), txn.bind(1).once(counted, "y"), txn.bind(2).once(counted, "y")]

    store.write_now(1, add, "a")
    store.refresh()
    assert [store.read_once(application, counted, "x") for application in (1, 1, 2)] == [["a", "x"], ["a", "x"], ["x"]]
    assert store.read(1, twice) == store.read(1, twice) == [["a", "y"], ["a", "y"], ["y"]]
    assert runs == ["x", "x", "y", "y"]
    store.write_now(1, add, "b")
    assert store.read_once(1, counted, "x") == ["a", "x"]
    store.refresh()
    assert store.read_once(1, counted, "x") == ["a", "b", "x"]
    assert store.write_now(1, twice)[0] == ["a", "b", "y"]
