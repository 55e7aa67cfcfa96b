"""The bytes of files, beside the tables: `files/<application>/<two digits of the id>/<id>` in the data directory.

A blob has its name only when it is whole and on disk, never changes, and is put there before anything in the tables
names it. It is removed after nothing names it any more. So what the tables name is there, at every moment and after
every crash; what is there and not named is found by `present` and removed in time.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from chatd.errors import StorageFailed, TooLarge
from chatd.store.files import make_directory, sync_directory

# Their directory in that of the store, and in a backup.
FILES = "files"

_INCOMING = "incoming"
# Pages that wait for the disk would be in the way of the writer's commits, so few do.
_UNSYNCED = 4 << 20
_LOCK = "files.lock"


class Blob(NamedTuple):
    """A blob that is on disk, and when its last byte was written, in seconds."""

    file_id: str
    size: int
    written_at: float


class Kept(NamedTuple):
    """What became of incoming bytes."""

    file_id: str
    size: int
    sha256: bytes


class Blobs:
    """The blobs of a store, in `directory`. Nothing here is for the event loop: it waits for the disk."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def path(self, application: int, file_id: str) -> Path:
        """Where a blob is. Raises ValueError for an id that could lead elsewhere."""
        if not file_id.replace("-", "").replace("_", "").isalnum() or not file_id.isascii():
            raise ValueError(f"{file_id!r} is not the id of a file")
        return self.directory / str(application) / file_id[:2] / file_id

    def work_path(self, name: str) -> Path:
        """Where a file is that grows over many steps before it becomes a blob: see `chatd.store.work`."""
        return self.directory / _INCOMING / name

    def receive(self, limit: int, reserve: int = 0) -> Incoming:
        """Begin a blob of at most `limit` bytes, leaving `reserve` bytes of the disk free. Raises StorageFailed."""
        try:
            make_directory(self.directory / _INCOMING)
            if reserve:
                disk = os.statvfs(self.directory)
                if disk.f_bavail * disk.f_frsize < reserve:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return Incoming(self, self.directory / _INCOMING / secrets.token_hex(16), limit)
        except OSError as error:
            raise _refused(error) from error

    def put(self, application: int, data: bytes, reserve: int = 0) -> Kept:
        """Make bytes a blob, durably, leaving `reserve` bytes of the disk free. Raises StorageFailed."""
        incoming = self.receive(len(data), reserve)
        try:
            incoming.write(data)
            return incoming.keep(application)
        finally:
            incoming.close()

    def remove(self, application: int, file_ids: Iterable[str]) -> None:
        """Remove blobs, durably; those that are gone already are passed over. Raises StorageFailed."""
        touched = set()
        try:
            for file_id in file_ids:
                path = self.path(application, file_id)
                with suppress(FileNotFoundError):
                    path.unlink()
                    touched.add(path.parent)
            for directory in touched:
                sync_directory(directory)
        except OSError as error:
            raise _refused(error) from error

    def remove_all(self, application: int) -> bool:
        """Remove the blobs of an application that is no more, unless somebody copies them; whether there are none now.

        Raises StorageFailed.
        """
        directory = self.directory / str(application)
        try:
            with self.removing() as is_free:
                if is_free and directory.exists():
                    shutil.rmtree(directory)
                    sync_directory(self.directory)
                return is_free
        except OSError as error:
            raise _refused(error) from error

    def size(self, application: int, file_id: str) -> int:
        """The length of a blob, -1 when it is not there."""
        try:
            return self.path(application, file_id).stat().st_size
        except FileNotFoundError:
            return -1

    def digest(self, application: int, file_id: str) -> bytes:
        """The SHA-256 of a blob. Raises OSError."""
        with self.path(application, file_id).open("rb") as file:
            return hashlib.file_digest(file, "sha256").digest()

    def present(self) -> Iterator[tuple[int, Blob]]:
        """Every blob there is, with its application's number."""
        for path in self.directory.glob("*/*/*"):
            if path.parts[-3].isdigit():
                with suppress(FileNotFoundError):
                    found = path.stat()
                    yield int(path.parts[-3]), Blob(path.name, found.st_size, found.st_mtime)

    def forget_incoming(self, before: float) -> None:
        """Remove what a killed process left half received, when nothing was added since `before` (seconds)."""
        for path in self.directory.glob(f"{_INCOMING}/*"):
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < before:
                    path.unlink()

    @contextmanager
    def kept(self) -> Iterator[None]:
        """While this lasts no blob is removed, by any process: somebody copies them."""
        with self._locked(fcntl.LOCK_SH):
            yield

    @contextmanager
    def removing(self) -> Iterator[bool]:
        """Whether blobs may be removed until this ends: not while somebody copies them."""
        with ExitStack() as held:
            try:
                held.enter_context(self._locked(fcntl.LOCK_EX | fcntl.LOCK_NB))
                is_free = True
            except BlockingIOError:
                is_free = False
            yield is_free

    @contextmanager
    def _locked(self, kind: int) -> Iterator[None]:
        handle = os.open(self.directory.parent / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, kind)
            yield
        finally:
            os.close(handle)


class Incoming:
    """A blob that is being received. Whoever has begun one calls `close` in the end, also after `keep`."""

    def __init__(self, blobs: Blobs, path: Path, limit: int) -> None:
        self._blobs = blobs
        self._path = path
        self._limit = limit
        self._digest = hashlib.sha256()
        self._handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        self._synced = 0
        self.size = 0

    def write(self, data: bytes | bytearray) -> None:
        """Add bytes. Raises TooLarge, or StorageFailed when the disk refuses."""
        self.size += len(data)
        if self.size > self._limit:
            raise TooLarge(f"The file is larger than {self._limit} bytes.")
        self._digest.update(data)
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(self._handle, rest) :]
            if self.size - self._synced >= _UNSYNCED:
                os.fdatasync(self._handle)
                self._synced = self.size
        except OSError as error:
            raise _refused(error) from error

    def open(self) -> BinaryIO:
        """What has come so far, to read."""
        return self._path.open("rb")

    def keep(self, application: int, file_id: str = "") -> Kept:
        """Make it a blob of an application, durably; of a new id unless it has one already. Raises StorageFailed."""
        file_id = file_id or secrets.token_hex(16)
        path = self._blobs.path(application, file_id)
        try:
            os.fsync(self._handle)
            make_directory(path.parent)
            self._path.rename(path)
            sync_directory(path.parent)
        except OSError as error:
            raise _refused(error) from error
        return Kept(file_id, self.size, self._digest.digest())

    def close(self) -> None:
        """Let go; what was not kept is gone."""
        os.close(self._handle)
        self._path.unlink(missing_ok=True)


def _refused(error: OSError) -> StorageFailed:
    return StorageFailed(f"The disk does not take the file: {error.strerror or error}.")
