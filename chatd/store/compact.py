"""Rewriting the file without the pages that are free, and with full ones.

LMDB's own compact copy leaves out free pages, and copies those that are half empty as they are: where entries became
smaller, as those of removed messages, or came out of order. So each table is written anew, in its order.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from itertools import islice, zip_longest
from pathlib import Path
from typing import NamedTuple

import lmdb

from chatd.errors import StorageFailed
from chatd.store.files import claim, open_environment, sync_directory
from chatd.store.head import check_file

_COMPACTING = "compacting"
_DATA = "data.mdb"

# Entries of one transaction: it holds what it changes in memory.
_BATCH = 10_000

# Told how many entries were written.
Progress = Callable[[int], None]


class Compacted(NamedTuple):
    """Bytes of the file before and after."""

    before: int
    after: int


def compact(directory: Path, map_size: int, progress: Progress = lambda _: None) -> Compacted:
    """Put a compact copy in the place of the file, once it is on disk and holds the same.

    Raises StartError when another process has the store open, and StorageFailed; the file is then as it was.
    """
    check_file(directory / _DATA)
    handle = claim(directory)
    compacting = directory / _COMPACTING
    try:
        shutil.rmtree(compacting, ignore_errors=True)
        compacting.mkdir(mode=0o700)
        try:
            return _compact(directory, compacting, map_size, progress)
        finally:
            shutil.rmtree(compacting)
    except (OSError, lmdb.Error) as error:
        raise StorageFailed(f"{directory}: the store cannot be compacted: {error}") from error
    finally:
        os.close(handle)


def _compact(directory: Path, compacting: Path, map_size: int, progress: Progress) -> Compacted:
    before = (directory / _DATA).stat().st_size
    with open_environment(directory, map_size, readonly=True) as old:
        pack(old, compacting, map_size, progress)
        check_file(compacting / _DATA)
        with open_environment(compacting, map_size, readonly=True) as new:
            _compare(directory, old, new)
    (compacting / _DATA).replace(directory / _DATA)
    sync_directory(directory)
    return Compacted(before, (directory / _DATA).stat().st_size)


def pack(old: lmdb.Environment, directory: Path, map_size: int, progress: Progress) -> None:
    """Write everything to a new file in a directory, and sync it. Raises OSError, lmdb.Error."""
    with open_environment(directory, map_size, durable=False) as new, old.begin() as raw:
        for name in [bytes(name) for name, _ in raw.cursor()]:
            entries = iter(raw.cursor(db=old.open_db(name, txn=raw, create=False)))
            database = new.open_db(name)
            while batch := list(islice(entries, _BATCH)):
                with new.begin(write=True) as written:
                    written.cursor(db=database).putmulti(batch, append=True)
                progress(len(batch))
        new.sync(True)


def _compare(directory: Path, old: lmdb.Environment, new: lmdb.Environment) -> None:
    """Raises StorageFailed unless both hold the same."""
    with old.begin() as one, new.begin() as other:
        names = [bytes(name) for name, _ in one.cursor()]
        same = names == [bytes(name) for name, _ in other.cursor()]
        for name in names:
            mine = one.cursor(db=old.open_db(name, txn=one, create=False))
            theirs = other.cursor(db=new.open_db(name, txn=other, create=False))
            same = same and all(left == right for left, right in zip_longest(mine, theirs))
    if not same:
        raise StorageFailed(f"{directory}: the compact copy differs from the store, which stays as it was.")
