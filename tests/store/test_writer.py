"""The writer: groups, outcomes, order, failure."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import trio
import trio.lowlevel

from chatd import events
from chatd.errors import Internal, NotFound, Overloaded, StorageFailed
from chatd.model import Publication, User
from chatd.store import tables
from chatd.store.store import Store
from chatd.store.transaction import Transaction
from chatd.store.writer import Writer

BIG = "x" * 200_000


def add(txn: Transaction, name: str) -> int:
    """Append an event and publish it."""
    sequence = txn.append(events.UserCreated(User(0, name, "", "", 0)))
    txn.put(tables.USER_IDS, name, value=sequence)
    txn.publications.append(Publication(txn.application, sequence, {"name": name}))
    return sequence


def add_and_refuse(txn: Transaction, name: str) -> None:
    add(txn, name)
    raise NotFound("Reason")


def add_and_break(txn: Transaction, name: str) -> None:
    add(txn, name)
    raise ZeroDivisionError


def names(txn: Transaction) -> list[str]:
    return [key[0] for key, _ in txn.scan(tables.USER_IDS)]


class Told:
    """What was published, and whether it could be read at that moment."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.names: list[str] = []

    def publish(self, publications: list[Publication]) -> None:
        seen = self.store.read(1, names)
        for publication in publications:
            assert publication.data["name"] in seen
            self.names.append(publication.data["name"])


async def test_results_come_after_publication_and_in_order(store: Store, nursery: trio.Nursery) -> None:
    told = Told(store)
    writer = Writer(store, told.publish)
    await nursery.start(writer.serve)
    done: list[Any] = []
    for n in range(100):
        writer.submit(1, add, (f"{n:03}",), lambda result, error: done.append((result, error, len(told.names))))
    assert await writer.run(1, add, "last") == 101
    assert [result for result, _, _ in done] == list(range(1, 101))
    assert all(error is None and published >= result for result, error, published in done)
    assert told.names == [f"{n:03}" for n in range(100)] + ["last"]
    assert writer.commits < 101
    assert writer.depth == 0
    nursery.cancel_scope.cancel()


async def test_who_fails_undoes_only_its_own(
    store: Store, nursery: trio.Nursery, caplog: pytest.LogCaptureFixture
) -> None:
    told = Told(store)
    writer = Writer(store, told.publish)
    await nursery.start(writer.serve)
    outcomes: list[Any] = []
    for function, name in ((add, "a"), (add_and_refuse, "b"), (add, "c"), (add_and_break, "d"), (add, "e")):
        writer.submit(1, function, (name,), lambda result, error: outcomes.append((result, type(error))))
    await writer.run(1, names)
    assert outcomes == [(1, type(None)), (None, NotFound), (2, type(None)), (None, Internal), (3, type(None))]
    assert store.read(1, names) == told.names == ["a", "c", "e"]
    assert "ZeroDivisionError" in caplog.text
    nursery.cancel_scope.cancel()


async def test_a_full_inbox_refuses_at_once(store: Store, nursery: trio.Nursery) -> None:
    writer = Writer(store, lambda _: None, inbox=3)
    done: list[Any] = []
    for n in range(3):
        writer.submit(1, add, (str(n),), lambda result, error: done.append(result))
    with pytest.raises(Overloaded):
        writer.submit(1, add, ("more",), lambda result, error: None)
    await nursery.start(writer.serve)
    while len(done) < 3:
        await trio.lowlevel.checkpoint()
    assert await writer.run(1, add, "more") == 4
    nursery.cancel_scope.cancel()


async def test_a_full_map_fails_clearly_and_reading_and_smaller_writes_go_on(
    tmp_path: Path, nursery: trio.Nursery
) -> None:
    store = Store.open(tmp_path / "small", 2**20)
    writer = Writer(store, lambda _: None)
    await nursery.start(writer.serve)
    await writer.run(1, add, "first")
    with pytest.raises(StorageFailed):
        for n in range(20):
            await writer.run(1, _add_big, n)
    before = store.read(1, names)
    assert "first" in before
    await writer.run(1, add, "later")
    assert store.read(1, names) == sorted([*before, "later"])
    nursery.cancel_scope.cancel()
    await trio.lowlevel.cancel_shielded_checkpoint()
    with trio.CancelScope(shield=True):
        await trio.to_thread.run_sync(writer._thread.join)
    store.close()


async def test_a_listener_that_breaks_stops_nobody(
    store: Store, nursery: trio.Nursery, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_: object) -> None:
        raise ZeroDivisionError

    writer = Writer(store, broken)
    await nursery.start(writer.serve)
    assert await writer.run(1, add, "a") == 1
    assert await writer.run(1, add, "b") == 2
    assert "ZeroDivisionError" in caplog.text
    nursery.cancel_scope.cancel()


async def test_stopping_finishes_what_was_accepted(store: Store) -> None:
    writer = Writer(store, lambda _: None)
    async with trio.open_nursery() as nursery:
        await nursery.start(writer.serve)
        for n in range(50):
            writer.submit(1, add, (f"{n:02}",), lambda result, error: None)
        nursery.cancel_scope.cancel()
    store.refresh()
    assert len(store.read(1, names)) == 50


def _add_big(txn: Transaction, number: int) -> None:
    txn.append(events.UserCreated(User(0, f"big{number}", BIG, "", 0)))
