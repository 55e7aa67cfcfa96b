"""Writing an application into a directory."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from chatd import VERSION
from chatd.domain.users import privacy
from chatd.errors import StartError, StorageFailed
from chatd.model import Application
from chatd.store import tables
from chatd.store.blobs import FILES, Blobs
from chatd.store.copy import Progress, write_file
from chatd.store.files import make_directory, sync_directory
from chatd.store.store import Store
from chatd.store.transaction import Transaction
from chatd.transfer import lines
from chatd.transfer.lines import End, Header, LastSeen

EXPORT: Final = "export.ndjson"

_PARTIAL = ".partial-"
# Pages that wait for the disk would be in the way of the writer's commits, so few do.
_UNSYNCED = 16 << 20


def export(store: Store, application: Application, directory: Path, advance: Progress) -> int:
    """Write what an application holds at this moment into a new directory, which appears whole and on disk.

    `advance` is told how many events and files were written. Returns how many events there are. Raises StartError
    when there is something under that name, and StorageFailed.
    """
    try:
        # Files that the moment names are not removed meanwhile.
        with store.blobs.kept(), _whole(directory) as partial:
            store.refresh()
            return store.read(application.number, _export, application, store.blobs, partial, advance)
    except OSError as error:
        raise StorageFailed(f"{directory}: the export cannot be written: {error}") from error


def length(txn: Transaction) -> int:
    """How many events and files an export has."""
    return txn.head.sequence + sum(1 for _ in txn.stored(tables.FILES))


def _export(txn: Transaction, application: Application, blobs: Blobs, partial: Path, advance: Progress) -> int:
    with _Sealed(partial / EXPORT) as out:
        out.write(lines.encode(_header(txn, application)))
        for (sequence,), entry in txn.scan(tables.LOG):
            out.write(lines.encode_event(sequence, entry))
            advance(1)
        for (user,), time in txn.scan(tables.LAST_SEEN):
            out.write(lines.encode(LastSeen(user, time)))
        for request in privacy.every(txn):
            out.write(lines.encode_privacy_request(request))
    (partial / FILES).mkdir(mode=0o700)
    for (file_id,), _ in txn.scan(tables.FILES):
        source = os.open(blobs.path(application.number, file_id), os.O_RDONLY | os.O_CLOEXEC)
        write_file(source, partial / FILES / file_id, lambda _: None)
        advance(1)
    sync_directory(partial / FILES)
    return txn.head.sequence


def _header(txn: Transaction, application: Application) -> Header:
    return Header(
        version=lines.VERSION,
        chatd_version=VERSION,
        time=datetime.now(UTC),
        application=lines.application_form(application),
        epoch=txn.head.epoch,
        events=txn.head.sequence,
    )


class _Sealed:
    """A file of lines that ends with one that says what is before it, and is synced."""

    def __init__(self, path: Path) -> None:
        self._file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "wb")
        self._digest = hashlib.sha256()
        self._lines = 0
        self._unsynced = 0

    def write(self, line: bytes) -> None:
        self._file.write(line)
        self._digest.update(line)
        self._lines += 1
        self._unsynced += len(line)
        if self._unsynced >= _UNSYNCED:
            self._sync()

    def _sync(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())
        self._unsynced = 0

    def __enter__(self) -> _Sealed:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self._file.write(lines.encode(End(self._lines, self._digest.hexdigest())))
                self._sync()
        finally:
            self._file.close()


@contextmanager
def _whole(directory: Path) -> Iterator[Path]:
    """A directory beside the named one, which gets that name at the end. One that a killed process left is removed."""
    if directory.exists():
        raise StartError(f"{directory}: this exists already; it was not touched.")
    make_directory(directory.parent)
    partial = directory.parent / f"{_PARTIAL}{directory.name}"
    partial.mkdir(mode=0o700, exist_ok=True)
    handle = _claim(partial)
    try:
        for left in partial.iterdir():
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        yield partial
        sync_directory(partial)
        partial.rename(directory)
        sync_directory(directory.parent)
    finally:
        if partial.exists():
            shutil.rmtree(partial)
        os.close(handle)


def _claim(partial: Path) -> int:
    """Hold the right to write into a directory; a file descriptor. A killed process holds none."""
    handle = os.open(partial, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(handle)
        raise StartError(f"{partial}: another export is being written here.") from error
    return handle
