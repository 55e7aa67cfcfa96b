"""Blobs: there before anything names them, gone after nothing does, also when the process or the disk fails."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest

from chatd.errors import StorageFailed, TooLarge
from chatd.store.blobs import Blobs, Kept

LIMIT = 10_000


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path / "files")


def keep(blobs: Blobs, *parts: bytes, application: int = 1) -> Kept:
    incoming = blobs.receive(LIMIT)
    try:
        for part in parts:
            incoming.write(part)
        return incoming.keep(application)
    finally:
        incoming.close()


def names(blobs: Blobs) -> list[str]:
    return sorted(str(path.relative_to(blobs.directory)) for path in blobs.directory.rglob("*") if path.is_file())


def test_what_is_kept_is_what_came(blobs: Blobs) -> None:
    kept = keep(blobs, b"hello ", b"", b"world")
    assert blobs.path(1, kept.file_id).read_bytes() == b"hello world"
    assert (kept.size, kept.sha256) == (11, hashlib.sha256(b"hello world").digest())
    assert (blobs.size(1, kept.file_id), blobs.digest(1, kept.file_id)) == (11, kept.sha256)
    assert names(blobs) == [f"1/{kept.file_id[:2]}/{kept.file_id}"]
    assert blobs.path(1, kept.file_id).stat().st_mode & 0o777 == 0o600
    assert [(number, blob.file_id, blob.size) for number, blob in blobs.present()] == [(1, kept.file_id, 11)]
    assert blobs.size(2, kept.file_id) == -1


def test_what_comes_from_elsewhere_keeps_its_id(blobs: Blobs) -> None:
    incoming = blobs.receive(LIMIT)
    incoming.write(b"hello")
    assert incoming.keep(1, "f00d").file_id == "f00d"
    incoming.close()
    assert blobs.path(1, "f00d").read_bytes() == b"hello"


def test_it_is_on_disk_before_it_has_its_name_and_its_name_before_anybody_hears(
    blobs: Blobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a power cut would leave of each step: contents before the name, the name before the end."""
    done: list[str] = []
    fsync, rename = os.fsync, Path.rename

    def sync(handle: int) -> None:
        done.append(f"sync {Path(os.readlink(f'/proc/self/fd/{handle}')).relative_to(blobs.directory.parent)}")
        fsync(handle)

    def move(path: Path, target: Path) -> Path:
        done.append("rename")
        return rename(path, target)

    keep(blobs, b"the directories are there")
    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(Path, "rename", move)
    kept = keep(blobs, b"hello")
    renamed = done.index("rename")
    assert [each for each in done[:renamed] if each.startswith("sync files/incoming/")]
    assert done[-1] == f"sync files/1/{kept.file_id[:2]}"
    # The name of a new directory has to be durable too.
    if f"sync files/1/{kept.file_id[:2]}" not in done[:-1]:
        assert "sync files/1" in done


def test_what_is_too_large_leaves_nothing(blobs: Blobs) -> None:
    with pytest.raises(TooLarge, match="10000"):
        keep(blobs, bytes(LIMIT), b"x")
    assert names(blobs) == []


def test_a_disk_that_is_full_is_said_and_leaves_nothing(blobs: Blobs, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    for call in ("write", "fsync"):
        with monkeypatch.context() as patch:
            keep(blobs, b"first")
            before = names(blobs)
            patch.setattr(os, call, full)
            with pytest.raises(StorageFailed, match="No space left"):
                keep(blobs, b"hello")
        assert names(blobs) == before


def test_files_leave_some_of_the_disk_free(blobs: Blobs) -> None:
    with pytest.raises(StorageFailed, match="No space left"):
        blobs.receive(LIMIT, reserve=2**60)
    assert names(blobs) == []


def test_removing_is_done_once_or_twice_alike(blobs: Blobs) -> None:
    one, two = keep(blobs, b"one"), keep(blobs, b"two")
    blobs.remove(1, [one.file_id])
    blobs.remove(1, [one.file_id, "unknown"])
    assert [blob.file_id for _, blob in blobs.present()] == [two.file_id]


def test_what_was_half_received_goes_when_it_is_old(blobs: Blobs) -> None:
    incoming = blobs.receive(LIMIT)
    incoming.write(b"half")
    blobs.forget_incoming(os.stat(blobs.directory).st_mtime - 100)
    assert len(names(blobs)) == 1
    blobs.forget_incoming(os.stat(blobs.directory).st_mtime + 100)
    assert names(blobs) == []
    with pytest.raises(StorageFailed):
        incoming.keep(1)
    incoming.close()


def test_nothing_is_removed_while_somebody_copies(blobs: Blobs) -> None:
    other = Blobs(blobs.directory)
    with blobs.kept(), other.kept(), other.removing() as is_free:
        assert not is_free
    with other.removing() as is_free:
        assert is_free


@pytest.mark.parametrize("file_id", ["", ".", "..", "../../data.mdb", "a/b", "a\0b", "ä"])
def test_ids_lead_nowhere_else(blobs: Blobs, file_id: str) -> None:
    with pytest.raises(ValueError, match="not the id"):
        blobs.path(1, file_id)
