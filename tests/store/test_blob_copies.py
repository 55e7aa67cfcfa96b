"""Files in backups, and out of them."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from chatd.domain.messages.discarding import discarded, forget
from chatd.domain.tenants import applications
from chatd.errors import StartError
from chatd.model import File, FileUse, Upload
from chatd.store import tables
from chatd.store.backup import MANIFEST, read_manifest
from chatd.store.blob_copies import LISTING, named
from chatd.store.blobs import FILES, Blobs
from chatd.store.restore import restore
from chatd.store.store import Store
from chatd.store.transaction import Transaction
from tests.store.conftest import MAP_SIZE
from tests.store.test_blobs import keep
from tests.store.test_writer import add


def use(txn: Transaction, file: File) -> None:
    txn.put(tables.FILES, file.file_id, value=FileUse(7, file))


def save(store: Store, contents: bytes, application: int = 1) -> str:
    kept = keep(store.blobs, contents, application=application)
    file = File(kept.file_id, "a.txt", "text/plain", kept.size, kept.sha256)
    store.write_now(application, use, file)
    store.refresh()
    return kept.file_id


def contents(directory: Path) -> dict[str, bytes]:
    blobs = Blobs(directory / FILES)
    return {blob.file_id: blobs.path(number, blob.file_id).read_bytes() for number, blob in blobs.present()}


@pytest.fixture
def filled(store: Store) -> Store:
    """A store with a file in each of two applications, one that waits to be sent, and one that nothing names."""
    for number in (1, 2):
        store.write_now(0, applications.create, f"app{number}")
        store.write_now(number, add, "ann")
        save(store, f"file {number}".encode(), number)
    waiting = keep(store.blobs, b"waiting").file_id
    store.write_now(1, lambda txn: txn.put(tables.UPLOADS, 1, waiting, value=Upload(File(waiting, "", "", 7), 2**60)))
    keep(store.blobs, b"lost")
    store.refresh()
    return store


def test_a_backup_has_the_files_of_its_moment(filled: Store, tmp_path: Path) -> None:
    path = filled.back_up(tmp_path / "backups")
    manifest = read_manifest(path)
    assert sorted(contents(path).values()) == [b"file 1", b"file 2"]
    assert (manifest.files, manifest.file_bytes) == (2, 12)
    checked = subprocess.run(["sha256sum", "--check", "--quiet", LISTING], cwd=path, check=False, capture_output=True)
    assert (checked.returncode, checked.stdout, checked.stderr) == (0, b"", b"")


def test_backups_share_what_is_the_same(filled: Store, tmp_path: Path) -> None:
    first = filled.back_up(tmp_path / "backups")
    save(filled, b"file 3")
    second = filled.back_up(tmp_path / "backups")
    assert contents(second).items() >= contents(first).items()
    assert len(contents(second)) == 3
    for _, file in filled.read(0, named):
        number = 1 if Blobs(first / FILES).size(1, file.file_id) >= 0 else 2
        if Blobs(first / FILES).size(number, file.file_id) >= 0:
            paths = [Blobs(each / FILES).path(number, file.file_id) for each in (first, second)]
            assert paths[0].samefile(paths[1])


def test_where_names_cannot_be_shared_files_are_copied(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object) -> None:
        raise OSError("another file system")

    monkeypatch.setattr(os, "link", refuse)
    path = filled.back_up(tmp_path / "backups")
    assert sorted(contents(path).values()) == [b"file 1", b"file 2"]
    file = next(filled.read(0, lambda txn: iter(list(named(txn)))))[1]
    assert not filled.blobs.path(1, file.file_id).samefile(Blobs(path / FILES).path(1, file.file_id))


def test_a_lost_file_does_not_keep_others_from_being_kept(filled: Store, tmp_path: Path) -> None:
    lost = save(filled, b"file 3")
    filled.blobs.remove(1, [lost])
    path = filled.back_up(tmp_path / "backups")
    assert read_manifest(path).files == 2
    restore(path, tmp_path / "restored", MAP_SIZE)
    assert sorted(contents(tmp_path / "restored").values()) == [b"file 1", b"file 2"]


def test_files_come_back_and_are_nobody_elses(filled: Store, tmp_path: Path) -> None:
    path = filled.back_up(tmp_path / "backups")
    told: list[int] = []
    manifest = restore(path, tmp_path / "restored", MAP_SIZE, told.append)
    assert sum(told) == manifest.bytes + manifest.file_bytes
    restored = Store.open(tmp_path / "restored", MAP_SIZE)
    assert sorted(contents(restored.directory).values()) == [b"file 1", b"file 2"]
    file = next(iter(restored.read(0, lambda txn: list(named(txn)))))[1]
    assert not restored.blobs.path(1, file.file_id).samefile(Blobs(path / FILES).path(1, file.file_id))
    # What was not sent is not in the backup, so it can be sent no more.
    assert restored.read(1, lambda txn: list(txn.scan(tables.UPLOADS))) == []
    before = filled.read(0, lambda txn: txn.require(tables.APPLICATIONS, 1)).secret
    assert restored.read(0, lambda txn: txn.require(tables.APPLICATIONS, 1)).secret != before
    restored.close()


@pytest.mark.parametrize("harm", ["missing", "changed", "listing", "line"])
def test_a_damaged_backup_is_refused_and_leaves_nothing(filled: Store, tmp_path: Path, harm: str) -> None:
    path = filled.back_up(tmp_path / "backups")
    blob = next(path.glob(f"{FILES}/1/*/*"))
    contents_before = blob.read_bytes()
    blob.unlink()
    if harm != "missing":
        blob.write_bytes(contents_before[:-1] + b"X" if harm == "changed" else contents_before)
    if harm in ("listing", "line"):
        listing = (path / LISTING).read_text()
        changed = listing.replace("files/1", "files/2") if harm == "listing" else listing.replace("files/", "../", 1)
        (path / LISTING).write_text(changed)
    if harm == "line":
        manifest = (path / MANIFEST).read_text()
        old = read_manifest(path).files_sha256
        new = hashlib.sha256((path / LISTING).read_bytes()).hexdigest()
        (path / MANIFEST).write_text(manifest.replace(old, new))
    with pytest.raises(StartError, match="the backup is damaged"):
        restore(path, tmp_path / "restored", MAP_SIZE)
    assert {each.name for each in (tmp_path / "restored").iterdir()} == {"use.lock"}


def test_files_that_are_there_are_not_mixed_with_others(filled: Store, tmp_path: Path) -> None:
    path = filled.back_up(tmp_path / "backups")
    shutil.copytree(filled.blobs.directory, tmp_path / "other" / FILES)
    with pytest.raises(StartError, match="Move it away"):
        restore(path, tmp_path / "other", MAP_SIZE)


def test_while_a_backup_is_written_nothing_is_removed(filled: Store, tmp_path: Path) -> None:
    seen: list[bool] = []

    def look(count: int) -> None:
        with Blobs(filled.blobs.directory).removing() as is_free:
            seen.append(is_free)

    filled.back_up(tmp_path / "backups", look)
    assert seen
    assert not any(seen)
    assert filled.read(1, discarded, 10) == []
    filled.write_now(1, forget, [])
