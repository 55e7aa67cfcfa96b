"""Scheduled backups."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
import trio
from msgspec.structs import replace

from chatd.config import Backup
from chatd.jobs import backup as job
from chatd.jobs.backup import back_up_forever, newest_time, seconds_until_due
from chatd.store import tables
from chatd.store.backup import complete, read_manifest
from chatd.store.store import Store
from tests.store.conftest import MAP_SIZE

SOON = 1e-6  # hours


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    found = Store.open(tmp_path / "data", MAP_SIZE)
    yield found
    found.close()


async def until(happens: Callable[[], Any]) -> None:
    # Backups are written by processes that let all others go first.
    with trio.fail_after(120):
        while not happens():
            await trio.sleep(0.01)


async def test_they_are_written_again_and_again_and_the_oldest_go(
    store: Store, tmp_path: Path, nursery: trio.Nursery
) -> None:
    directory = tmp_path / "backups"
    seen: set[str] = set()

    def several() -> bool:
        found = complete(directory)
        # One more while it is written and the oldest is not gone yet.
        assert len(found) <= 3
        seen.update(each.path.name for each in found)
        return len(seen) >= 4

    nursery.start_soon(back_up_forever, store, Backup(str(directory), SOON, 2))
    await until(several)
    nursery.cancel_scope.cancel()


async def test_without_a_directory_there_are_none(store: Store) -> None:
    await back_up_forever(store, Backup("", SOON, 1))


def test_the_next_is_due_by_the_newest_one(store: Store, tmp_path: Path) -> None:
    directory = tmp_path / "backups"
    assert seconds_until_due(newest_time(directory), 24) == 0

    def date(ago: timedelta) -> None:
        manifest = replace(read_manifest(path), time=datetime.now(UTC) - ago)
        (path / "manifest.json").write_bytes(msgspec.json.encode(manifest))

    path = store.back_up(directory)
    date(timedelta(hours=23))
    assert 3500 < seconds_until_due(newest_time(directory), 24) <= 3600
    date(timedelta(hours=25))
    assert seconds_until_due(newest_time(directory), 24) == 0
    date(timedelta(hours=-1000))
    assert seconds_until_due(newest_time(directory), 24) == 24 * 3600


async def test_one_that_fails_is_logged_and_tried_again(
    store: Store,
    tmp_path: Path,
    nursery: trio.Nursery,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    directory = tmp_path / "backups"
    directory.write_text("in the way")
    monkeypatch.setattr(job, "RETRY_SECONDS", 0.01)
    with caplog.at_level(logging.ERROR, "chatd"):
        nursery.start_soon(back_up_forever, store, Backup(str(directory), 24, 2))
        await until(lambda: "backup failed" in caplog.messages)
    assert store.scheduled.failures > 0
    assert store.scheduled.newest is None
    directory.unlink()
    await until(lambda: store.scheduled.newest)
    (backup,) = complete(directory)
    assert store.scheduled.newest == backup.manifest.time
    nursery.cancel_scope.cancel()


async def test_a_server_that_stops_gives_it_up(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job, "END_SECONDS", 120)
    directory = tmp_path / "backups"
    for number in range(20):
        store.write_now(1, lambda txn, number: txn.put(tables.REQUESTS, number, value=(1,)), number)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(back_up_forever, store, Backup(str(directory), 24, 2))
        await until(lambda: directory.exists())
        nursery.cancel_scope.cancel()
    # It may have been complete just then.
    assert [path.name for path in directory.iterdir()] == [each.path.name for each in complete(directory)]


async def test_who_wants_one_does_not_wait(store: Store, tmp_path: Path, nursery: trio.Nursery) -> None:
    directory = tmp_path / "backups"
    nursery.start_soon(back_up_forever, store, Backup(str(directory), 24, 9))
    await until(lambda: len(complete(directory)) == 1)
    store.scheduled.is_wanted = True
    await until(lambda: len(complete(directory)) == 2)
    assert not store.scheduled.is_wanted
