"""Opening the store's directory: making it durably, and refusing what is not ours without touching it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import lmdb
import msgspec

from chatd.errors import StartError
from chatd.store import tables
from chatd.store.head import check_file
from chatd.store.migrations import newest_format

# Stands beside the numbers of the tables for the database that says what the file is.
META = 0

FORMAT_KEY = b"format"
# What reading raises where the file is broken.
DAMAGED = (lmdb.Error, msgspec.DecodeError)
IN_USE = "another process has the store open; stop it first."

_META_NAME = b"meta"
_MAX_READERS = 512
# Of a reader in lock.mdb, and of what is before the readers (MDB_reader and MDB_txninfo in mdb.c of LMDB 0.9).
_READER_BYTES = 64
_LOCK_HEAD_BYTES = 128
_LIB_0_9 = 0  # the line of LMDB whose files we write; see docs/decisions/0003-one-file-format.md


def make_directory(directory: Path) -> None:
    """Make a directory and those above it that are missing, durably."""
    made = [each for each in (directory, *directory.parents) if not each.exists()]
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    for each in made:
        sync_directory(each.parent)


def open_environment(
    directory: Path, map_size: int, *, readonly: bool = False, durable: bool = True
) -> lmdb.Environment:
    """The LMDB environment in `directory`; made when it is not there, unless it is only read.

    One that is not `durable` is for what may be lost: commits do not wait for the disk. Raises StartError; and, like
    all that opens here, lmdb.MapResizedError when another process has just enlarged the map: open it again then.
    """
    try:
        if not readonly:
            _reserve_lock_file(directory / "lock.mdb")
        environment = lmdb.open(
            str(directory),
            map_size=map_size,
            max_dbs=len(tables.ALL) + 8,
            mode=0o600,
            max_readers=_MAX_READERS,
            max_spare_txns=1,
            lib_version=_LIB_0_9,
            readonly=readonly,
            sync=durable,
        )
        # The places of readers that were killed would keep old pages from being used again.
        environment.reader_check()
        if durable and not readonly:
            # What this process finds may be in the kernel's memory only: the one before was killed while it wrote a
            # head page, or was told that this failed. It must be on disk before anything is built on it.
            environment.sync(True)
        # LMDB syncs what files hold; that they have names is for us to make durable.
        sync_directory(directory)
        return environment
    except lmdb.MapResizedError:
        raise
    except (OSError, lmdb.Error) as error:
        raise StartError(f"{directory}: the store cannot be opened: {error}") from error


def open_databases(environment: lmdb.Environment, directory: Path) -> dict[int, Any]:
    """The database of each table by its number, and META. Raises StartError for a file of another or a newer program.

    A new file gets all of them and its format number in one commit: killed before it, it is still new. One that has
    them all is not written: a full disk can be opened.
    """
    names = _names(environment, directory)
    if names:
        _check_format(environment, directory, names)
    wanted = {table.number: table.name.encode() for table in tables.ALL} | {META: _META_NAME}
    try:
        # With nothing to make this writes nothing.
        with environment.begin(write=True) as txn:
            databases = {number: environment.open_db(name, txn=txn) for number, name in wanted.items()}
            if not names:
                txn.put(FORMAT_KEY, str(newest_format()).encode(), db=databases[META])
        return databases
    except lmdb.MapResizedError:
        raise
    except lmdb.Error as error:
        raise StartError(f"{directory}: the store cannot be opened: {error}") from error


def existing_databases(environment: lmdb.Environment, directory: Path) -> dict[int, Any]:
    """The databases that the file has, by number: an older file lacks the tables that are newer. Raises StartError."""
    names = _names(environment, directory)
    try:
        _check_format(environment, directory, names)
        numbers = {table.name.encode(): table.number for table in tables.ALL} | {_META_NAME: META}
        return {number: environment.open_db(name, create=False) for name, number in numbers.items() if name in names}
    except lmdb.MapResizedError:
        raise
    except lmdb.Error as error:
        raise StartError(f"{directory}: the store is damaged: {error}") from error


@contextmanager
def reading(directory: Path, size: int) -> Iterator[tuple[lmdb.Transaction, dict[int, Any]]]:
    """A transaction, and the databases, of a file of `size` bytes that nobody writes; no lock file is made beside it.

    Raises StartError, lmdb.Error.
    """
    with lmdb.open(
        str(directory), map_size=size, max_dbs=len(tables.ALL) + 8, lib_version=_LIB_0_9, readonly=True, lock=False
    ) as environment:
        databases = existing_databases(environment, directory)
        with environment.begin() as raw:
            yield raw, databases


def _names(environment: lmdb.Environment, directory: Path) -> set[bytes]:
    """The names of the file's databases. Raises StartError when they are not all: what is lost would be made anew."""
    try:
        with environment.begin() as txn:
            names = [bytes(name) for name, _ in txn.cursor()]
            count = txn.stat(environment.open_db(None, txn=txn))["entries"]
    except lmdb.MapResizedError:
        raise
    except lmdb.Error as error:
        raise StartError(f"{directory}: the store is damaged: {error}") from error
    if len(names) != count or names != sorted(set(names)):
        raise StartError(f"{directory}: the store is damaged: its list of tables is not whole.")
    return set(names)


def stored_format(raw: lmdb.Transaction, databases: dict[int, Any]) -> int:
    """The format that the file says it has."""
    return int(raw.get(FORMAT_KEY, b"", db=databases[META]))


def share(directory: Path, *, make: bool = False) -> int:
    """Say that this process has the store in `directory` open, until the returned descriptor is closed.

    With `make` the directory is made when it is not there. Raises StartError when the directory cannot be used,
    holds something else, or is being compacted, upgraded or restored.
    """
    try:
        if make:
            make_directory(directory)
        check_file(directory / "data.mdb")
    except OSError as error:
        raise StartError(f"{directory}: the store cannot be opened: {error}") from error
    return _lock(directory, "use.lock", fcntl.LOCK_SH, "the store is being compacted, upgraded or restored; try again.")


def claim(directory: Path) -> int:
    """Say that nobody else may open the store in `directory`, as `share` does. StartError when somebody has."""
    return _lock(directory, "use.lock", fcntl.LOCK_EX, IN_USE)


def lock_directory(directory: Path) -> int:
    """Hold the right to serve from `directory` until the process ends; a file descriptor. Raises StartError."""
    return _lock(directory, "serve.lock", fcntl.LOCK_EX, "another chatd serves from this directory.")


def lock_arrivals(directory: Path) -> int:
    """Hold the right to bring an application into the store in `directory`; a file descriptor. Raises StartError."""
    return _lock(directory, "import.lock", fcntl.LOCK_EX, "another import into this store is under way.")


def is_served(directory: Path) -> bool:
    """Whether a server serves from `directory` now."""
    try:
        os.close(lock_directory(directory))
    except StartError:
        return True
    return False


def _lock(directory: Path, name: str, kind: int, refusal: str) -> int:
    """Lock a file of the directory; the descriptor that holds the lock. A killed process holds none."""
    try:
        handle = os.open(directory / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StartError(f"{directory}: the store cannot be locked: {error}") from error
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except OSError as error:
        os.close(handle)
        raise StartError(f"{directory}: {refusal}") from error
    return handle


def _reserve_lock_file(path: Path) -> None:
    """Give LMDB's lock file its room on the disk. Raises OSError when there is none.

    LMDB maps the file and writes into the map, and a process that writes where a full disk has no room is killed.
    """
    size = _LOCK_HEAD_BYTES + _MAX_READERS * _READER_BYTES
    # One that has its room may be in use here, and closing any descriptor of it would end LMDB's locks.
    if path.exists() and path.stat().st_blocks * 512 >= size:
        return
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        os.posix_fallocate(handle, 0, size)
    finally:
        os.close(handle)


def _check_format(environment: lmdb.Environment, directory: Path, names: set[bytes]) -> None:
    raw = None
    if _META_NAME in names:
        with environment.begin() as txn:
            meta = environment.open_db(_META_NAME, txn=txn, create=False)
            raw = txn.get(FORMAT_KEY, db=meta)
    if raw is None:
        raise StartError(f"{directory}: this LMDB environment belongs to another program. It was not touched.")
    if not raw.isdigit() or int(raw) == 0:
        raise StartError(f"{directory}: the store is damaged: its format number is {raw!r}.")
    if int(raw) > newest_format():
        raise StartError(
            f"{directory}: the store has format {int(raw)}; this chatd knows {newest_format()}. Use a newer one."
        )


def sync_directory(directory: Path) -> None:
    """Make the names in a directory durable."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
