"""A compact copy of the store at one moment, beside whatever reads and writes it."""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, NamedTuple

import lmdb

# Told the bytes of each piece. What it raises ends the work.
Progress = Callable[[int], None]

_PIECE = 1 << 20
_LONGEST_PAUSE = 0.2
# Of the thread that walks through the store: whoever answers people comes first.
NICENESS = 10


class Pace(NamedTuple):
    """After how many bytes a copy is synced, and the shortest pause that it makes then, in seconds; 0 is for none.

    In a pause, which is as long as the sync took, disk and processor belong to others.
    """

    bytes: int
    seconds: float


FULL_SPEED = Pace(4 << 20, 0.0)
# Pages that wait for the disk would be in the way of the writer's commits, and so would who reads and digests many at
# once. Ten gigabytes take ten minutes.
BESIDE = Pace(1 << 19, 0.025)


class Copied(NamedTuple):
    """What was written: its length and its SHA-256 in hexadecimal digits."""

    bytes: int
    sha256: str


def copy_snapshot(
    environment: lmdb.Environment, raw: lmdb.Transaction, path: Path, progress: Progress, pace: Pace
) -> Copied:
    """Write what a read transaction sees to a new file and sync it. Raises OSError and lmdb.Error.

    LMDB writes into a pipe, so that the digest is that of what it sent, and the disk gets no more than `pace` allows.
    """
    source, sink = os.pipe()
    failures: list[lmdb.Error] = []

    def send() -> None:
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
        try:
            environment.copyfd(sink, compact=True, txn=raw)
        except lmdb.Error as error:
            failures.append(error)
        finally:
            os.close(sink)

    sender = threading.Thread(target=send, name="copy")
    sender.start()
    try:
        # With the end of the pipe closed the sender fails, so it never outlives this.
        copied = write_file(source, path, progress, pace)
    finally:
        sender.join()
    if failures:
        raise failures[0]
    return copied


def write_file(source: int, path: Path, progress: Progress, pace: Pace = FULL_SPEED) -> Copied:
    """Write what a descriptor gives, which is closed at the end, to a new file and sync it. Raises OSError."""
    digest = hashlib.sha256()
    written = 0
    with open(source, "rb", buffering=0) as pieces, _new(path) as file:
        synced = 0
        while piece := pieces.read(min(_PIECE, pace.bytes)):
            file.write(piece)
            digest.update(piece)
            written += len(piece)
            if written - synced >= pace.bytes:
                file.flush()
                seconds = _sync(file.fileno())
                if pace.seconds:
                    time.sleep(min(max(seconds, pace.seconds), _LONGEST_PAUSE))
                synced = written
            progress(len(piece))
        file.flush()
        os.fsync(file.fileno())
    if pace.seconds:
        # Many small files are as much as a large one.
        time.sleep(pace.seconds * (written - synced) / pace.bytes)
    return Copied(written, digest.hexdigest())


def _sync(handle: int) -> float:
    """Sync a file that nobody will read soon; how many seconds it took."""
    began = time.perf_counter()
    os.fdatasync(handle)
    os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
    return time.perf_counter() - began


def _new(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "wb")
