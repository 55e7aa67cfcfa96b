"""A file that grows over many steps, and is gone on with after a crash: what an export has so far.

It lies among the blobs that are being received, so that one that nobody goes on with is removed in time. How long it is
says the store, not the file: what was written beyond that before a crash is written again.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

from chatd.errors import StorageFailed
from chatd.store.blobs import Blobs, Incoming, Kept
from chatd.store.files import make_directory

UNLIMITED: Final = 2**62
PIECE: Final = 1 << 20


class Work:
    """A work file of `size` bytes; `is_new` when it had to be begun anew, from nothing. Close it in the end."""

    def __init__(self, blobs: Blobs, name: str, size: int, reserve: int = 0) -> None:
        self._blobs = blobs
        self._reserve = reserve
        self.path = blobs.work_path(name)
        try:
            make_directory(self.path.parent)
            self._handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            self.is_new = size == 0 or os.fstat(self._handle).st_size < size
            self.size = 0 if self.is_new else size
            os.ftruncate(self._handle, self.size)
        except OSError as error:
            raise _refused(error) from error

    def append(self, data: bytes) -> None:
        """Add bytes, which are on disk then. Raises StorageFailed."""
        try:
            disk = os.statvfs(self.path)
            if disk.f_bavail * disk.f_frsize < self._reserve:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            place = self.size
            while place < self.size + len(data):
                place += os.pwrite(self._handle, data[place - self.size :], place)
            os.fsync(self._handle)
        except OSError as error:
            raise _refused(error) from error
        self.size += len(data)

    def close(self) -> None:
        """Let go; the file stays."""
        os.close(self._handle)

    def remove(self) -> None:
        """Remove the file."""
        self.path.unlink(missing_ok=True)


class Packing:
    """A work file that becomes a blob: a ZIP archive with a file for each section. Close it in the end."""

    def __init__(self, blobs: Blobs, work: Path, sections: list[tuple[str, int, int]], reserve: int = 0) -> None:
        self._incoming = blobs.receive(UNLIMITED, reserve)
        self._steps = self._pack(work, sections)

    def step(self) -> bool:
        """Pack a piece; whether there is more. Raises StorageFailed."""
        try:
            return next(self._steps, None) is not None
        except OSError as error:
            raise _refused(error) from error

    def keep(self, application: int, file_id: str) -> Kept:
        """Make it a blob, durably. Raises StorageFailed."""
        return self._incoming.keep(application, file_id)

    def close(self) -> None:
        """Let go; what was not kept is gone."""
        with suppress(StorageFailed):
            # The archive writes when it ends, so it ends before what it writes to.
            self._steps.close()
        self._incoming.close()

    def _pack(self, work: Path, sections: list[tuple[str, int, int]]) -> Generator[int]:
        with work.open("rb") as source, ZipFile(_Output(self._incoming), "w", ZIP_DEFLATED) as archive:
            for name, begin, end in sections:
                source.seek(begin)
                with archive.open(name, "w", force_zip64=True) as target:
                    while begin < end:
                        piece = source.read(min(PIECE, end - begin))
                        if not piece:
                            raise OSError(errno.EIO, os.strerror(errno.EIO))
                        begin += target.write(piece)
                        yield begin


class _Output:
    """What a ZIP archive is written to: it goes on and never back."""

    def __init__(self, incoming: Incoming) -> None:
        self._incoming = incoming

    def write(self, data: bytes) -> int:
        self._incoming.write(data)
        return len(data)

    def flush(self) -> None:
        """Nothing waits here."""

    def close(self) -> None:
        """What is written to is let go elsewhere."""


def _refused(error: OSError) -> StorageFailed:
    return StorageFailed(f"The disk does not take the export: {error.strerror or error}.")
