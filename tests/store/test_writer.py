"""The writer: groups, outcomes, order, failure."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
import trio
import trio.lowlevel

from chatd import events
from chatd.errors import Internal, MessageBlocked, NotFound, Overloaded, StorageFailed
from chatd.model import Publication, User
from chatd.store import growth, tables
from chatd.store import writer as writing
from chatd.store.store import Store
from chatd.store.transaction import Transaction
from chatd.store.writer import Writer

BIG = "x" * 200_000
PATIENCE_SECONDS = 10


def add(txn: Transaction, name: str) -> int:
    """Append an event and publish it."""
    sequence = txn.append(events.UserCreated(User(0, name, "", "", 0)))
    txn.put(tables.USER_IDS, name, value=sequence)
    txn.publications.append(Publication(txn.application, sequence, {"name": name}))
    return sequence


def add_and_refuse(txn: Transaction, name: str) -> None:
    add(txn, name)
    raise NotFound("Reason")


def add_and_block(txn: Transaction, name: str) -> None:
    add(txn, name)
    raise MessageBlocked("Reason")


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


async def test_what_comes_in_one_turn_of_the_loop_is_one_group_unless_it_is_too_large(
    store: Store, nursery: trio.Nursery
) -> None:
    writer = Writer(store, lambda _: None, group=4)
    await nursery.start(writer.serve)
    for count, commits in ((3, 1), (4, 2), (9, 5)):
        for n in range(count):
            writer.submit(1, add, (f"{commits} {n}",), lambda result, error: None)
        while writer.depth:
            await trio.lowlevel.checkpoint()
        assert writer.commits == commits
    assert store.read(1, names) == [
        f"{commits} {n}" for count, commits in ((3, 1), (4, 2), (9, 5)) for n in range(count)
    ]
    nursery.cancel_scope.cancel()


async def test_the_loop_stands_aside_for_functions_but_not_for_long(
    store: Store, nursery: trio.Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = Writer(store, lambda _: None)
    await nursery.start(writer.serve)
    began, may_end = threading.Event(), threading.Event()

    def slow(txn: Transaction) -> None:
        began.set()
        assert may_end.wait(PATIENCE_SECONDS)

    writer.submit(1, slow, (), lambda result, error: None)
    while not began.is_set():
        await trio.lowlevel.checkpoint()
    may_end.set()
    while writer.depth:
        await trio.lowlevel.checkpoint()
    monkeypatch.setattr(writing, "ASIDE_SECONDS", PATIENCE_SECONDS)
    ran: list[int] = []
    writer.submit(1, lambda txn: ran.append(1), (), lambda result, error: None)
    assert not ran
    await trio.lowlevel.checkpoint()
    await trio.lowlevel.checkpoint()
    assert ran
    nursery.cancel_scope.cancel()


async def test_an_error_that_keeps_what_was_written_is_told_with_it(store: Store, nursery: trio.Nursery) -> None:
    told = Told(store)
    writer = Writer(store, told.publish)
    await nursery.start(writer.serve)
    with pytest.raises(MessageBlocked):
        await writer.run(1, add_and_block, "ann")
    with pytest.raises(NotFound):
        await writer.run(1, add_and_refuse, "bob")
    assert told.names == store.read(1, names) == ["ann"]


def test_so_it_is_without_a_writer(store: Store) -> None:
    with pytest.raises(MessageBlocked):
        store.write_now(1, add_and_block, "ann")
    with pytest.raises(NotFound):
        store.write_now(1, add_and_refuse, "bob")
    store.refresh()
    assert store.read(1, names) == ["ann"]


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


async def test_what_does_not_fit_takes_its_group_with_it_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(growth, "_reserve", no_room)
    store = Store.open(tmp_path / "small", 2**20)
    told: list[Publication] = []
    writer = Writer(store, told.extend)
    outcomes: list[Any] = []
    for function, argument in ((add, "a"), (_add_huge, 1), (add, "b")):
        writer.submit(1, function, (argument,), lambda result, error: outcomes.append((result, type(error))))
    async with trio.open_nursery() as nursery:
        await nursery.start(writer.serve)
        while len(outcomes) < 3:  # what is asked before would be in their group
            await trio.lowlevel.checkpoint()
        assert await writer.run(1, names) == []
        assert await writer.run(1, add, "c") == 1
        nursery.cancel_scope.cancel()
    assert outcomes == [(None, StorageFailed)] * 3
    assert [publication.data["name"] for publication in told] == ["c"]
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
    assert len(store.read(1, names)) == 50
    with pytest.raises(Overloaded):
        writer.submit(1, add, ("late",), lambda result, error: None)


async def test_what_is_not_finished_in_time_is_refused_and_everybody_is_told(store: Store) -> None:
    writer = Writer(store, lambda _: None, group=1, drain_seconds=0)
    kept: list[str] = []
    refused: list[str] = []

    def submit(name: str) -> None:
        writer.submit(1, add, (name,), lambda result, error: (refused if error else kept).append(name))

    for n in range(500):
        submit(f"{n:03}")
    async with trio.open_nursery() as nursery:
        await nursery.start(writer.serve)
        nursery.cancel_scope.cancel()
    assert kept + refused == [f"{n:03}" for n in range(500)]
    assert store.read(1, names) == kept
    assert writer.depth == 0


async def test_a_group_has_its_limit(store: Store, nursery: trio.Nursery) -> None:
    groups: list[int] = []
    writer = Writer(store, lambda publications: groups.append(len(publications)), group=7)
    for n in range(100):
        writer.submit(1, add, (f"{n:02}",), lambda result, error: None)
    await nursery.start(writer.serve)
    await writer.run(1, add, "last")
    assert sum(groups) == 101
    assert max(groups) == 7
    assert writer.commits == len(groups)
    assert writer.jobs == 101
    nursery.cancel_scope.cancel()


async def test_a_caller_that_gives_up_harms_nobody(store: Store, nursery: trio.Nursery) -> None:
    writer = Writer(store, lambda _: None)
    with trio.CancelScope() as scope:
        scope.cancel()
        await writer.run(1, add, "a")
    await nursery.start(writer.serve)
    assert await writer.run(1, add, "b") == 2
    assert store.read(1, names) == ["a", "b"]
    nursery.cancel_scope.cancel()


async def test_a_key_that_is_too_long_is_a_mistake_and_not_the_disk(
    store: Store, nursery: trio.Nursery, caplog: pytest.LogCaptureFixture
) -> None:
    writer = Writer(store, lambda _: None)
    await nursery.start(writer.serve)
    with pytest.raises(Internal):
        await writer.run(1, add, "x" * 600)
    assert writer.healthy
    assert "604 bytes" in caplog.text
    assert store.read(1, names) == []
    nursery.cancel_scope.cancel()


async def test_callers_are_told_although_a_listener_breaks(store: Store, nursery: trio.Nursery) -> None:
    def broken(result: object, error: object) -> None:
        raise ZeroDivisionError

    writer = Writer(store, lambda _: None)
    await nursery.start(writer.serve)
    writer.submit(1, add, ("a",), broken)
    assert await writer.run(1, add, "b") == 2
    nursery.cancel_scope.cancel()


def no_room(size: int) -> None:
    raise StorageFailed("no addresses are free")


def _add_big(txn: Transaction, number: int) -> None:
    txn.append(events.UserCreated(User(0, f"big{number}", BIG, "", 0)))


def _add_huge(txn: Transaction, number: int) -> None:
    for each in range(20):
        _add_big(txn, each)
