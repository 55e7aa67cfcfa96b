"""When the disk refuses: callers are told, nothing acknowledged is lost, reading goes on, writing resumes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import lmdb
import pytest
import trio

from chatd.errors import StorageFailed
from chatd.store import tables
from chatd.store.store import Store
from chatd.store.transaction import Transaction
from chatd.store.writer import Writer
from tests.store import disk
from tests.store.conftest import MAP_SIZE
from tests.store.test_writer import add, names


def nothing(txn: Transaction) -> None:
    """A write that writes nothing."""


async def test_a_full_disk_fails_whole_groups_and_writing_resumes(store: Store, nursery: trio.Nursery) -> None:
    published: list[Any] = []
    writer = Writer(store, published.extend)
    await nursery.start(writer.serve)
    await writer.run(1, add, "before")
    errors: list[object] = []
    with disk.full(store.directory):
        for n in range(5):
            writer.submit(1, add, (f"lost{n}",), lambda result, error: errors.append(error))
        with pytest.raises(StorageFailed):
            await writer.run(1, add, "lost")
        assert not writer.healthy
        assert store.read(1, names) == ["before"]
        assert await store.read_in_thread(1, names) == ["before"]
    assert [type(error) for error in errors] == [StorageFailed] * 5
    assert len(published) == 1
    assert await writer.run(1, add, "after") == 2
    assert writer.healthy
    assert store.read(1, names) == ["after", "before"]
    nursery.cancel_scope.cancel()


async def test_what_writes_nothing_still_finds_out_whether_the_disk_has_recovered(
    store: Store, nursery: trio.Nursery
) -> None:
    writer = Writer(store, lambda _: None)
    await nursery.start(writer.serve)
    with disk.full(store.directory):
        with pytest.raises(StorageFailed):
            await writer.run(1, add, "lost")
        with pytest.raises(StorageFailed):
            await writer.run(1, nothing)
        assert not writer.healthy
    await writer.run(1, nothing)
    assert writer.healthy
    nursery.cancel_scope.cancel()


async def test_after_a_fatal_error_readers_live_on_and_a_restart_heals(tmp_path: Path) -> None:
    store = Store.open(tmp_path, MAP_SIZE)
    writer = Writer(store, lambda _: None)
    async with trio.open_nursery() as nursery:
        await nursery.start(writer.serve)
        await writer.run(1, add, "before")
        with disk.broken_head(tmp_path), pytest.raises(StorageFailed):
            await writer.run(1, add, "lost")
        with pytest.raises(StorageFailed):
            await writer.run(1, add, "refused")
        assert not writer.healthy
        store.refresh()
        assert store.read(1, names) == ["before"]
        nursery.cancel_scope.cancel()
    store.close()
    store = Store.open(tmp_path, MAP_SIZE)
    assert store.write_now(1, add, "after") == 2
    store.refresh()
    assert store.read(1, names) == ["after", "before"]
    store.close()


def test_a_command_in_another_process_is_told_as_well(store: Store) -> None:
    with disk.full(store.directory), pytest.raises(StorageFailed):
        store.write_now(1, add, "lost")
    assert store.write_now(1, add, "kept") == 1


def test_the_snapshot_stays_when_there_is_no_newer_one(store: Store) -> None:
    store.write_now(1, add, "old")
    store.refresh()
    store.write_now(1, add, "new")
    readers: list[lmdb.Transaction] = []
    with pytest.raises(lmdb.ReadersFullError):
        while True:
            readers.append(store.environment.begin())
    store.refresh()
    assert store.read(1, names) == ["old"]
    readers.clear()
    store.refresh()
    assert store.read(1, names) == ["new", "old"]


def test_a_key_is_never_stored_in_part(store: Store) -> None:
    with pytest.raises(ValueError, match="604 bytes"):
        store.write_now(1, lambda txn: txn.put(tables.USER_IDS, "x" * 600, value=1))
    store.refresh()
    assert store.read(1, names) == []
