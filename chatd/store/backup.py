"""Backups: a directory each, with a copy of the store, its files, and a manifest that says what it is."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import lmdb
import msgspec

from chatd import VERSION
from chatd.errors import StartError, StorageFailed
from chatd.store import tables
from chatd.store.blob_copies import LISTING, FilesCopied, copy_named
from chatd.store.blobs import FILES, Blobs
from chatd.store.copy import BESIDE, Copied, Pace, Progress, copy_snapshot
from chatd.store.files import make_directory, reading, stored_format, sync_directory
from chatd.store.transaction import Transaction

DATA = "data.mdb"
MANIFEST = "manifest.json"

_PREFIX = "chatd-"
# What is not finished, or being removed. It is never taken for a backup.
_PARTIAL = ".partial-"


class LogEnd(msgspec.Struct, frozen=True):
    """Where an application's log ends in a backup."""

    number: int
    name: str
    epoch: str
    sequence: int


class Manifest(msgspec.Struct, frozen=True):
    """What a backup is. `sha256` is that of data.mdb, `files_sha256` that of the listing of files, if there are any."""

    chatd_version: str
    schema_version: int
    time: datetime
    bytes: int
    sha256: str
    applications: tuple[LogEnd, ...]
    files: int = 0
    file_bytes: int = 0
    files_sha256: str = ""


class Backup(NamedTuple):
    """A complete backup."""

    path: Path
    manifest: Manifest


class Scheduled:
    """What became of backups on a schedule: the time of the newest that is complete, and failures since the start.

    When one `is_wanted`, it is not waited for its time.
    """

    __slots__ = ("failures", "is_wanted", "newest")

    def __init__(self) -> None:
        self.newest: datetime | None = None
        self.failures = 0
        self.is_wanted = False


def back_up(
    environment: lmdb.Environment,
    blobs: Blobs,
    directory: Path,
    progress: Progress = lambda _: None,
    pace: Pace = BESIDE,
) -> Path:
    """Write a backup of what is committed now into a new directory under `directory`; its path.

    It has its name only when it is whole and on disk. No blob is removed meanwhile. Raises StorageFailed, and
    StartError when another backup is being written there.
    """
    try:
        make_directory(directory)
        with _alone(directory), blobs.kept():
            moment = datetime.now(UTC)
            path = _free_name(directory, moment)
            partial = directory / f"{_PARTIAL}{path.name}"
            partial.mkdir(mode=0o700)
            # While somebody reads the store none of its pages is used again: its files are copied after that.
            with environment.begin() as raw:
                copied = copy_snapshot(environment, raw, partial / DATA, progress, pace)
            before = [Blobs(each.path / FILES) for each in complete(directory)[-1:]]
            _add_files(partial, moment, copied, [*before, blobs], progress, pace)
            partial.rename(path)
            sync_directory(directory)
            return path
    except (OSError, lmdb.Error) as error:
        raise StorageFailed(f"{directory}: the backup cannot be written: {error}") from error


def _add_files(
    partial: Path, moment: datetime, copied: Copied, sources: Sequence[Blobs], progress: Progress, pace: Pace
) -> None:
    """Add the files that a copy of the store names, and the manifest."""
    with reading(partial, copied.bytes) as (raw, databases):
        copies = copy_named(Transaction(0, raw, databases), sources, Blobs(partial / FILES), progress, pace)
        manifest = _manifest(raw, databases, moment, copied, copies)
    if copies.files:
        _write(partial / LISTING, copies.listing)
    _write(partial / MANIFEST, msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n")
    sync_directory(partial)


def complete(directory: Path) -> list[Backup]:
    """The backups in a directory that are whole, oldest first. What is not recognised is left out."""
    found = []
    for path in directory.glob(f"{_PREFIX}*/{MANIFEST}"):
        try:
            found.append(Backup(path.parent, read_manifest(path.parent)))
        except StartError:
            continue
    return sorted(found, key=lambda each: (each.manifest.time, each.path.name))


def prune(directory: Path, keep: int) -> list[Path]:
    """Remove the oldest backups in a directory, so that `keep` are left; those removed. Raises StorageFailed."""
    gone = [backup.path for backup in complete(directory)[:-keep]]
    try:
        with _alone(directory):
            for path in gone:
                partial = path.rename(directory / f"{_PARTIAL}{path.name}")
                shutil.rmtree(partial)
    except OSError as error:
        raise StorageFailed(f"{directory}: old backups cannot be removed: {error}") from error
    return gone


def read_manifest(backup: Path) -> Manifest:
    """What a backup says of itself. Raises StartError when it is none."""
    try:
        return msgspec.json.decode((backup / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise StartError(f"{backup}: this is not a backup of chatd: {MANIFEST}: {error}") from error


@contextmanager
def _alone(directory: Path) -> Iterator[None]:
    """Hold the right to write into a directory of backups. What is unfinished there was left by a killed process."""
    handle = os.open(directory, os.O_RDONLY | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StartError(f"{directory}: another backup is being written here.") from error
        _remove_partial(directory)
        try:
            yield
        finally:
            _remove_partial(directory)
    finally:
        os.close(handle)


def _remove_partial(directory: Path) -> None:
    for path in directory.glob(f"{_PARTIAL}{_PREFIX}*"):
        shutil.rmtree(path)


def _free_name(directory: Path, moment: datetime) -> Path:
    while (path := directory / f"{_PREFIX}{moment:%Y%m%dT%H%M%SZ}").exists():
        moment += timedelta(seconds=1)
    return path


def _manifest(
    raw: lmdb.Transaction, databases: dict[int, Any], moment: datetime, copied: Copied, files: FilesCopied
) -> Manifest:
    txn = Transaction(0, raw, databases)
    ends = []
    for (number,), application in txn.scan(tables.APPLICATIONS):
        head = txn.bind(number).head
        ends.append(LogEnd(number, application.name, head.epoch, head.sequence))
    digest = hashlib.sha256(files.listing).hexdigest() if files.files else ""
    what = (stored_format(raw, databases), moment, copied.bytes, copied.sha256, tuple(ends))
    return Manifest(VERSION, *what, files.files, files.size, digest)


def _write(path: Path, contents: bytes) -> None:
    with path.open("xb") as file:
        file.write(contents)
        file.flush()
        os.fsync(file.fileno())
