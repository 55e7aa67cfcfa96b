"""The search index follows the log, whatever happens to either."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import trio

from chatd.domain import COMMANDS
from chatd.domain.fold.stored import current_message
from chatd.domain.tenants import applications
from chatd.errors import SearchFailed
from chatd.jobs import index
from chatd.jobs.index import Indexer, build, index_forever
from chatd.model import Actor
from chatd.store import tables
from chatd.store.restore import begin_anew
from chatd.store.search_index import SearchIndex
from chatd.store.store import Store
from chatd.store.transaction import Transaction
from tests.jobs.indexing import MAP_SIZE, ROOM


class Room:
    """A store with a channel that a backend writes to."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.application = store.write_now(0, applications.ensure_main).number
        self.backend = Actor(self.application, None, None)
        self.call("channels.create", channel_url=ROOM)

    def call(self, name: str, **params: Any) -> Any:
        command = COMMANDS[name]
        input = command.parse(params)
        if name == "messages.search":
            return self.store.read_now(self.application, command.function, self.backend, input)
        return self.store.write_now(self.application, command.function, self.backend, input)

    def send(self, text: str) -> int:
        sent = self.call("messages.send", channel_url=ROOM, message=text, message_type="ADMM")
        return int(sent["message_id"])

    def delete(self, message_id: int) -> None:
        self.call("messages.delete", channel_url=ROOM, message_id=message_id)

    def find(self, query: str) -> list[str]:
        return [each["message"] for each in self.call("messages.search", query=query, sort_field="ts")["results"]]

    async def until_found(self, query: str, count: int) -> None:
        """Wait until so many messages are found."""

        def is_found() -> bool:
            try:
                return len(self.find(query)) == count
            except SearchFailed:
                return False

        await until(is_found)


async def until(happens: Callable[[], object]) -> None:
    with trio.fail_after(20):
        while not happens():
            await trio.sleep(0.01)


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(index, "RETRY_SECONDS", 0.01)
    monkeypatch.setattr(index, "KEEP_REST", 0)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    store = Store.open(tmp_path / "data", MAP_SIZE)
    yield Room(store)
    store.search.close()
    store.close()


async def test_what_is_sent_is_found_after_a_moment(room: Room, nursery: trio.Nursery) -> None:
    room.send("hello before")
    with pytest.raises(SearchFailed):
        room.find("hello")
    nursery.start_soon(index_forever, room.store)
    await room.until_found("hello", 1)
    room.send("hello after")
    await room.until_found("hello", 2)
    assert room.store.search.behind == 0


async def test_a_log_of_another_epoch_is_followed_from_its_beginning(room: Room, nursery: trio.Nursery) -> None:
    room.send("hello")
    nursery.start_soon(index_forever, room.store)
    await room.until_found("hello", 1)
    room.store.write_now(0, begin_anew)
    room.send("hello again")
    await room.until_found("hello", 2)
    room.store.write_now(room.application, _shorten)
    await room.until_found("hello", 1)


def _shorten(txn: Transaction) -> None:
    """Make the log end a message earlier, as a backup that was copied into place by hand does."""
    head = txn.head
    message = current_message(txn, head.sequence)
    assert message is not None
    txn.delete(tables.LOG, head.sequence)
    txn.delete(tables.TIMELINE, message.channel, message.created_at, head.sequence)
    txn.put(tables.HEAD, value=type(head)(head.sequence - 1, head.time, head.epoch))


async def test_a_damaged_index_is_made_anew(room: Room, nursery: trio.Nursery) -> None:
    room.send("hello")
    build(room.store)
    for path in room.store.search.directory.rglob("meta.json"):
        path.write_bytes(b"nonsense")
    nursery.start_soon(index_forever, room.store)
    await room.until_found("hello", 1)


async def test_a_disk_that_refuses_is_tried_again_and_searches_go_on(
    room: Room, nursery: trio.Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.send("hello")
    nursery.start_soon(index_forever, room.store)
    await room.until_found("hello", 1)
    commit = SearchIndex.commit
    refused: list[SearchIndex] = []

    def refuse(self: SearchIndex) -> None:
        refused.append(self)
        if len(refused) <= 2:
            raise SearchFailed("no space left")
        commit(self)

    monkeypatch.setattr(SearchIndex, "commit", refuse)
    room.send("hello again")
    await until(lambda: refused)
    assert room.find("hello") == ["hello"]
    await room.until_found("hello", 2)
    assert len(refused) == 3


async def test_words_of_what_was_removed_leave_the_files(
    room: Room, nursery: trio.Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(10):
        room.send(f"hello {number}")
    message_id = room.send("hello secret")
    build(room.store)
    first = set(names(room))
    nursery.start_soon(index_forever, room.store)
    await room.until_found("hello", 11)
    room.delete(message_id)
    await until(lambda: room.store.search.messages() == 10)
    live = room.store.search.live
    assert live is not None
    await until(lambda: live.state.unclean_since)
    assert live.index.leftovers() == 1
    monkeypatch.setattr(index, "CLEAN_AFTER_MS", -1)
    monkeypatch.setattr(index, "CLEAN_MS_PER_MESSAGE", -1)
    await until(lambda: room.store.search.live not in (live, None))
    assert room.store.search.live.index.leftovers() == 0
    await until(lambda: not first & set(names(room)))
    assert len(room.find("hello")) == 10


def names(room: Room) -> list[str]:
    """The files of the index, each of which has a name of its own."""
    return [path.name for path in room.store.search.directory.rglob("*.idx")]


async def test_who_asks_for_it_gets_an_index_made_anew(room: Room, nursery: trio.Nursery) -> None:
    room.send("hello")
    build(room.store)
    room.store.search.wish()
    nursery.start_soon(index_forever, room.store)
    await until(lambda: [path.name for path in room.store.search.directory.iterdir()] == ["2-2"])
    assert room.find("hello") == ["hello"]


def test_deleted_applications_leave(room: Room) -> None:
    other = room.store.write_now(0, applications.create, "other").number
    room.send("hello")
    room.store.write_now(other, _copy, "hello there")
    assert build(room.store) == 2
    room.store.write_now(0, lambda txn: txn.delete(tables.APPLICATIONS, other))
    indexer = Indexer(room.store)
    indexer.open()
    indexer.step(0.0)
    assert room.store.search.messages() == 1


def _copy(txn: Transaction, text: str) -> None:
    backend = Actor(txn.application, None, None)
    for name, params in (
        ("channels.create", {"channel_url": ROOM}),
        ("messages.send", {"channel_url": ROOM, "message_type": "ADMM", "message": text}),
    ):
        COMMANDS[name].function(txn, backend, COMMANDS[name].parse(params))


def test_an_index_of_another_format_is_made_anew(room: Room) -> None:
    room.send("hello")
    build(room.store)
    directory = room.store.search.directory
    (directory / "2-1").rename(directory / "0-1")
    indexer = Indexer(room.store)
    indexer.open()
    while indexer.step(0.0):
        pass
    assert room.find("hello") == ["hello"]
    assert not (directory / "0-1").exists()


@pytest.mark.parametrize("kills", [2, pytest.param(12, marks=pytest.mark.slow)])
def test_killed_at_any_time_it_goes_on_as_if_nothing_had_been(tmp_path: Path, kills: int) -> None:
    for _ in range(kills):
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.jobs.indexing", str(tmp_path / "data")], stdout=subprocess.PIPE
        )
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(random.random() / 2)
        child.kill()
        child.wait()
        child.stdout.close()
    store = Store.open(tmp_path / "data", MAP_SIZE)
    indexer = Indexer(store)
    indexer.open()
    while indexer.step(0.0):
        pass
    found = store.read_now(1, _found)
    assert found == store.read_now(1, _sent)
    assert store.search.messages() == len(found)
    store.search.close()
    store.close()


def _found(txn: Transaction) -> list[int]:
    found: list[int] = []
    for query in ("round", "edited"):
        params = {"query": query, "sort_field": "ts", "limit": 100, "token": ""}
        while True:
            page = COMMANDS["messages.search"].function(
                txn, Actor(1, None, None), COMMANDS["messages.search"].parse(params)
            )
            found += [each["message_id"] for each in page["results"]]
            if not page["next"]:
                break
            params["token"] = page["next"]
    return sorted(found)


def _sent(txn: Transaction) -> list[int]:
    ids = [key[2] for key, _ in txn.scan(tables.TIMELINE)]
    return sorted(id for id in ids if (message := current_message(txn, id)) and not message.is_removed)
