"""What a disk may not have kept yet: the bytes that were there before each write that no sync has made certain.

The victim writes the journal, whoever cuts the power reads it. A record precedes its write, so that after a kill at any
moment the journal is whole.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_RECORD = struct.Struct("<cQQQQ")

WRITE = b"w"
SYNCED = b"s"
FAILED = b"f"
EVERYTHING = 2**63
SECTOR = 512  # bytes that a disk writes wholly or not at all


class Record(NamedTuple):
    """About a range of the file, whole sectors.

    There is a write to it (WRITE), `before` which this was there and the file had this length; or it is certain now
    (SYNCED); or a sync of it has failed (FAILED), after which no later sync makes it certain.
    """

    kind: bytes
    offset: int
    size: int
    length: int = 0
    before: bytes = b""


class Journal:
    """The side file while a victim lives. The next one goes on with it: the kernel's memory outlives processes."""

    def __init__(self, path: Path) -> None:
        self._handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        # After a failure, also of the process before, records have to stay.
        self._has_failed = os.fstat(self._handle).st_size > 0

    def add(self, record: Record) -> None:
        """Write a record."""
        self._has_failed |= record.kind == FAILED
        if record.kind == SYNCED and record.size == EVERYTHING and not self._has_failed:
            os.ftruncate(self._handle, 0)
            return
        kind, offset, size, length, before = record
        os.write(self._handle, _RECORD.pack(kind, offset, size, length, len(before)) + before)


def read(path: Path) -> Iterator[Record]:
    """The records. The last one may have been cut off in the middle: then its write had not begun."""
    raw = path.read_bytes()
    place = 0
    while place + _RECORD.size <= len(raw):
        kind, offset, size, length, held = _RECORD.unpack_from(raw, place)
        place += _RECORD.size + held
        if place <= len(raw):
            yield Record(kind, offset, size, length, raw[place - held : place])
