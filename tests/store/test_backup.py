"""Backups: whole, of one moment, and never taken for what they are not."""

from __future__ import annotations

import hashlib
import os
import threading
from pathlib import Path

import lmdb
import msgspec
import pytest
import trio

from chatd import VERSION
from chatd.domain.tenants import applications
from chatd.errors import StartError, StorageFailed
from chatd.events import UserCreated
from chatd.model import User
from chatd.store import tables
from chatd.store.backup import complete, prune, read_manifest
from chatd.store.blob_copies import FilesCopied
from chatd.store.copy import BESIDE, FULL_SPEED, write_file
from chatd.store.migrations import newest_format
from chatd.store.store import Store
from chatd.store.writer import Writer
from tests.store.conftest import MAP_SIZE
from tests.store.test_files import written
from tests.store.test_processes import begun
from tests.store.test_writer import add

PATIENCE_SECONDS = 60.0


def test_the_manifest_says_what_a_backup_is(store: Store, tmp_path: Path) -> None:
    store.write_now(0, applications.create, "shop")
    store.write_now(1, add, "ann")
    path = store.back_up(tmp_path / "deep" / "backups")
    manifest = read_manifest(path)
    data = (path / "data.mdb").read_bytes()
    assert (manifest.chatd_version, manifest.schema_version) == (VERSION, newest_format())
    assert (manifest.bytes, manifest.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    store.refresh()
    (end,) = manifest.applications
    assert (end.number, end.name, end.sequence) == (1, "shop", 1)
    assert end.epoch == store.read(1, lambda txn: txn.head).epoch
    assert path.name == f"chatd-{manifest.time:%Y%m%dT%H%M%SZ}"
    assert {each.name for each in path.iterdir()} == {"data.mdb", "manifest.json"}
    assert path.stat().st_mode & 0o777 == 0o700


def test_progress_is_told_of_every_byte(store: Store, tmp_path: Path) -> None:
    store.write_now(1, add, "x" * 400)
    store.refresh()
    told: list[int] = []
    path = store.back_up(tmp_path / "backups", told.append)
    assert sum(told) == read_manifest(path).bytes == store.live_bytes()


def test_a_backup_leaves_the_disk_to_others_unless_it_goes_at_full_speed(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    monkeypatch.setattr("chatd.store.copy.time.sleep", slept.append)
    for number in range(4):
        store.write_now(1, lambda txn, *more: txn.append(UserCreated(User(0, "ann", "x" * 1_000_000, "", 0))), number)
    hurried = store.back_up(tmp_path / "backups", pace=FULL_SPEED)
    assert slept == []
    patient = store.back_up(tmp_path / "backups", pace=BESIDE)
    assert read_manifest(patient).sha256 == read_manifest(hurried).sha256
    assert len(slept) == pytest.approx(read_manifest(patient).bytes / BESIDE.bytes, abs=2)
    assert all(BESIDE.seconds <= seconds <= 0.2 for seconds in slept[:-1])


def test_many_small_files_leave_the_disk_to_others_as_a_large_one_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    monkeypatch.setattr("chatd.store.copy.time.sleep", slept.append)
    (tmp_path / "small").write_bytes(b"x" * (BESIDE.bytes // 4))
    for number in range(4):
        write_file(os.open(tmp_path / "small", os.O_RDONLY), tmp_path / f"copy{number}", lambda _: None, BESIDE)
    assert sum(slept) == pytest.approx(BESIDE.seconds)


def test_while_files_are_copied_nobody_reads_the_store(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []

    def readers() -> int:
        return sum(not line.endswith("-") for line in store.environment.readers().splitlines()[1:])

    def copy(*_: object) -> FilesCopied:
        read.append(readers())
        return FilesCopied(0, 0, b"")

    monkeypatch.setattr("chatd.store.backup.copy_named", copy)
    before = readers()
    store.write_now(1, add, "ann")
    path = store.back_up(tmp_path / "backups")
    assert read == [before] == [1]
    assert {each.name for each in path.iterdir()} == {"data.mdb", "manifest.json"}


async def test_beside_a_writer_a_backup_is_of_one_moment(store: Store, tmp_path: Path, nursery: trio.Nursery) -> None:
    writer = Writer(store, lambda _: None)
    await nursery.start(writer.serve)
    ended = trio.Event()
    commits_during: list[int] = []
    copying, committed = threading.Event(), threading.Event()

    def wait_for_a_commit(_: int) -> None:
        copying.set()
        assert committed.wait(PATIENCE_SECONDS)

    async def back_up() -> None:
        before = writer.commits
        await trio.to_thread.run_sync(store.back_up, tmp_path / "backups", wait_for_a_commit)
        commits_during.append(writer.commits - before)
        ended.set()

    for n in range(500):
        writer.submit(1, add, (f"early-{n}-{'x' * 300}",), lambda result, error: None)
    await writer.run(1, add, "last of the early")
    nursery.start_soon(back_up)
    assert await trio.to_thread.run_sync(copying.wait, PATIENCE_SECONDS)
    count = 0
    while not ended.is_set():
        await writer.run(1, add, f"late-{count}")
        committed.set()
        count += 1
    assert commits_during[0] > 0
    (backup,) = complete(tmp_path / "backups")
    copy = Store.open_readonly(backup.path, MAP_SIZE)
    log = copy.read(1, written)
    state = copy.read(1, lambda txn: {value: key[0] for key, value in txn.scan(tables.USER_IDS)})
    assert state == log
    assert list(log) == list(range(1, copy.read(1, lambda txn: txn.head).sequence + 1))
    assert len(log) >= 501
    copy.close()
    nursery.cancel_scope.cancel()


def test_the_oldest_go_and_what_is_no_backup_stays(store: Store, tmp_path: Path) -> None:
    directory = tmp_path / "backups"
    (directory / "chatd-of-mine").mkdir(parents=True)
    (directory / "chatd-19990101T000000Z").mkdir()
    (directory / "chatd-19990101T000000Z" / "manifest.json").write_text("{}")
    made = [store.back_up(directory) for _ in range(4)]
    assert [each.path for each in complete(directory)] == made
    assert prune(directory, 2) == made[:2]
    assert prune(directory, 2) == []
    assert sorted(directory.iterdir()) == sorted(
        [*made[2:], directory / "chatd-of-mine", directory / "chatd-19990101T000000Z"]
    )


def test_one_that_fails_leaves_nothing(store: Store, tmp_path: Path) -> None:
    def give_up(count: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.back_up(tmp_path / "backups", give_up)
    assert list((tmp_path / "backups").iterdir()) == []
    assert store.back_up(tmp_path / "backups").exists()


def test_a_disk_that_refuses_is_said(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageFailed, match="file"):
        store.back_up(tmp_path / "file")


def test_a_copy_that_lmdb_ends_early_is_no_backup(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Failing:
        begin = store.environment.begin

        def copyfd(self, *args: object, **more: object) -> None:
            raise lmdb.DiskError("cannot be read")

    monkeypatch.setattr(store, "environment", Failing())
    with pytest.raises(StorageFailed, match="cannot be read"):
        store.back_up(tmp_path / "backups")
    monkeypatch.undo()
    assert complete(tmp_path / "backups") == []


def test_what_a_killed_one_left_is_removed_by_the_next(store: Store, tmp_path: Path) -> None:
    directory = tmp_path / "backups"
    with begun(store, "back_up", directory) as process:
        with pytest.raises(StartError, match="another backup"):
            store.back_up(directory)
        process.kill()
    assert len(list(directory.iterdir())) == 1
    assert complete(directory) == []
    path = store.back_up(directory)
    assert list(directory.iterdir()) == [path]


def test_a_manifest_is_json_for_others_too(store: Store, tmp_path: Path) -> None:
    path = store.back_up(tmp_path)
    found = msgspec.json.decode((path / "manifest.json").read_bytes())
    assert set(found) == {
        "chatd_version",
        "schema_version",
        "time",
        "bytes",
        "sha256",
        "applications",
        "files",
        "file_bytes",
        "files_sha256",
    }
