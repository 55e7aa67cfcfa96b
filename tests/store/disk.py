"""A disk that refuses: file descriptors that LMDB holds are made to fail as a full or broken disk would."""

from __future__ import annotations

import fcntl
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def full(directory: Path) -> Iterator[None]:
    """Until the end of the block, every write of data pages says ENOSPC."""
    with _replaced(_descriptor(directory, synchronous=False), "/dev/full", os.O_RDWR):
        yield


@contextmanager
def broken_head(directory: Path) -> Iterator[None]:
    """Until the end of the block, every write of the pages that make a commit valid fails."""
    with _replaced(_descriptor(directory, synchronous=True), str(directory / "data.mdb"), os.O_RDONLY):
        yield


@contextmanager
def limited(size: int) -> Iterator[None]:
    """Until the end of the block, no file of this process grows beyond `size`; what it has can be written."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def _descriptor(directory: Path, *, synchronous: bool) -> int:
    """LMDB writes pages through one descriptor and its two head pages through another, which is opened O_DSYNC."""
    data = os.stat(directory / "data.mdb")
    for name in os.listdir("/proc/self/fd"):
        try:
            found = os.fstat(int(name))
        except OSError:  # the listing's own
            continue
        if (found.st_dev, found.st_ino) == (data.st_dev, data.st_ino):
            is_synchronous = bool(fcntl.fcntl(int(name), fcntl.F_GETFL) & os.O_DSYNC)
            if is_synchronous == synchronous:
                return int(name)
    raise AssertionError("LMDB holds no such descriptor")


@contextmanager
def _replaced(descriptor: int, path: str, flags: int) -> Iterator[None]:
    kept = os.dup(descriptor)
    other = os.open(path, flags)
    os.dup2(other, descriptor)
    os.close(other)
    try:
        yield
    finally:
        os.dup2(kept, descriptor)
        os.close(kept)
