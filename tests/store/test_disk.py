"""When the disk refuses: callers are told, nothing acknowledged is lost, reading goes on, writing resumes."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import lmdb
import pytest
import trio

from chatd.errors import StartError, StorageFailed
from chatd.jobs import probe
from chatd.store import tables, upkeep
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
        await writer.probe()
        assert not writer.healthy
        assert writer.refused == 7
    assert [type(error) for error in errors] == [StorageFailed] * 5
    assert len(published) == 1
    assert await writer.run(1, add, "after") == 2
    await writer.probe()
    assert writer.healthy
    assert store.read(1, names) == ["after", "before"]
    nursery.cancel_scope.cancel()


async def test_room_for_a_few_bytes_is_not_yet_room(store: Store, nursery: trio.Nursery) -> None:
    """Pages that are free in the file can be written when the disk is full."""
    writer = Writer(store, lambda _: None)
    await nursery.start(writer.serve)
    for n in range(20):
        await writer.run(1, add, f"{n}")
    size = (store.directory / "data.mdb").stat().st_size
    with disk.limited(size):
        with pytest.raises(StorageFailed):
            for n in range(1000):
                await writer.run(1, add, f"more{n}" * 50)
        await writer.probe()
        assert not writer.healthy
        await writer.run(1, nothing)
        assert not writer.healthy
    await writer.probe()
    assert writer.healthy
    nursery.cancel_scope.cancel()


async def test_an_idle_server_notices_by_itself(
    store: Store, nursery: trio.Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probe, "INTERVAL_SECONDS", 0.01)
    writer = Writer(store, lambda _: None)
    await nursery.start(writer.serve)
    with disk.full(store.directory):
        nursery.start_soon(probe.probe_forever, writer)
        with trio.fail_after(10):
            while writer.healthy or writer.refused < 3:
                await trio.sleep(0.001)
    with trio.fail_after(10):
        while not writer.healthy:
            await trio.sleep(0.001)
    nursery.cancel_scope.cancel()


async def test_a_full_disk_is_said_now_and_then(
    store: Store, nursery: trio.Nursery, caplog: pytest.LogCaptureFixture
) -> None:
    writer = Writer(store, lambda _: None)
    await nursery.start(writer.serve)
    with disk.full(store.directory):
        for _ in range(5):
            with pytest.raises(StorageFailed):
                await writer.run(1, add, "lost")
    assert caplog.text.count("the disk refused") == 1
    await writer.probe()
    assert caplog.text.count("the disk takes writes again") == 1
    nursery.cancel_scope.cancel()


async def test_after_a_fatal_error_the_store_is_opened_anew(
    store: Store, nursery: trio.Nursery, caplog: pytest.LogCaptureFixture
) -> None:
    published: list[Any] = []
    writer = Writer(store, published.extend)
    await nursery.start(writer.serve)
    await writer.run(1, add, "before")
    with disk.broken_head(store.directory), pytest.raises(StorageFailed):
        await writer.run(1, add, "lost")
    # LMDB has given up: it lets nobody begin to read. Who has begun, reads on.
    assert store.is_stale
    assert store.read(1, names) == ["before"]
    with pytest.raises(StorageFailed):
        await store.read_in_thread(1, names)
    assert await writer.run(1, add, "after") == 2
    assert not store.is_stale
    assert store.read(1, names) == await store.read_in_thread(1, names) == ["after", "before"]
    assert len(published) == 2
    await writer.probe()
    assert writer.healthy
    assert caplog.text.count("opened the store anew") == 1
    nursery.cancel_scope.cancel()


async def test_one_that_cannot_be_opened_anew_is_tried_again(
    store: Store, nursery: trio.Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "RETRY_SECONDS", 0)
    writer = Writer(store, lambda _: None)
    await nursery.start(writer.serve)
    await writer.run(1, add, "before")
    with disk.broken_head(store.directory), pytest.raises(StorageFailed):
        await writer.run(1, add, "lost")
    head = store.directory / "data.mdb"
    head.rename(head.with_suffix(".away"))
    head.mkdir()
    with pytest.raises(StorageFailed):
        await writer.run(1, add, "lost")
    assert not store.is_open
    with pytest.raises(StorageFailed):
        await store.read_in_thread(1, names)
    head.rmdir()
    head.with_suffix(".away").rename(head)
    assert await writer.run(1, add, "after") == 2
    assert store.read(1, names) == ["after", "before"]
    nursery.cancel_scope.cancel()


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


def test_a_lock_file_has_its_room_before_lmdb_maps_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Store.open(tmp_path / "some", MAP_SIZE).close()
    found = (tmp_path / "some" / "lock.mdb").stat()
    assert found.st_blocks * 512 >= found.st_size > 0

    def refuse(*_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "posix_fallocate", refuse)
    with pytest.raises(StartError, match="No space left"):
        Store.open(tmp_path / "other", MAP_SIZE)
    assert not (tmp_path / "other" / "data.mdb").exists()
    Store.open(tmp_path / "some", MAP_SIZE).close()


def test_a_key_is_never_stored_in_part(store: Store) -> None:
    with pytest.raises(ValueError, match="604 bytes"):
        store.write_now(1, lambda txn: txn.put(tables.USER_IDS, "x" * 600, value=1))
    store.refresh()
    assert store.read(1, names) == []
