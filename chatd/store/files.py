"""Opening the store's directory: making it durably, and refusing what is not ours without touching it."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import Any

import lmdb

from chatd.errors import StartError
from chatd.store import tables
from chatd.store.head import check_file

# Counts incompatible changes of the tables. Migrations, once there are any, lead from each number to the next.
FORMAT = 1

# Stands beside the numbers of the tables for the database that says what the file is.
META = 0

_META_NAME = b"meta"
_MAX_READERS = 512
_LIB_0_9 = 0  # the line of LMDB whose files we write; see docs/decisions/0003-one-file-format.md


def open_environment(directory: Path, map_size: int) -> lmdb.Environment:
    """The LMDB environment in `directory`, made when it is not there. Raises StartError."""
    try:
        made = [each for each in (directory, *directory.parents) if not each.exists()]
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        check_file(directory / "data.mdb")
        environment = lmdb.open(
            str(directory),
            map_size=map_size,
            max_dbs=len(tables.ALL) + 8,
            mode=0o600,
            max_readers=_MAX_READERS,
            max_spare_txns=1,
            lib_version=_LIB_0_9,
        )
        # The places of readers that were killed would keep old pages from being used again.
        environment.reader_check()
        # LMDB syncs what files hold; that they have names is for us to make durable.
        for each in (directory, *(path.parent for path in made)):
            _sync(each)
        return environment
    except (OSError, lmdb.Error) as error:
        raise StartError(f"{directory}: the store cannot be opened: {error}") from error


def open_databases(environment: lmdb.Environment, directory: Path) -> dict[int, Any]:
    """The database of each table by its number, and META. Raises StartError for a file of another or a newer program.

    A new file gets all of them and its format number in one commit: killed before it, it is still new.
    """
    try:
        with environment.begin() as txn:
            names = {bytes(name) for name, _ in txn.cursor()}
        if names:
            _check_format(environment, directory, names)
        with environment.begin(write=True) as txn:
            databases = {table.number: environment.open_db(table.name.encode(), txn=txn) for table in tables.ALL}
            databases[META] = environment.open_db(_META_NAME, txn=txn)
            if not names:
                txn.put(b"format", str(FORMAT).encode(), db=databases[META])
        return databases
    except lmdb.Error as error:
        raise StartError(f"{directory}: the store is damaged: {error}") from error


def lock_directory(directory: Path) -> int:
    """Hold the right to serve from `directory` until the process ends; a file descriptor. Raises StartError."""
    try:
        handle = os.open(directory / "serve.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StartError(f"{directory}: the store cannot be locked: {error}") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(handle)
        raise StartError(f"{directory}: another chatd serves from this directory.") from error
    return handle


def _check_format(environment: lmdb.Environment, directory: Path, names: set[bytes]) -> None:
    raw = None
    if _META_NAME in names:
        with environment.begin() as txn:
            meta = environment.open_db(_META_NAME, txn=txn, create=False)
            raw = txn.get(b"format", db=meta)
    if raw is None:
        raise StartError(f"{directory}: this LMDB environment belongs to another program. It was not touched.")
    if not raw.isdigit():
        raise StartError(f"{directory}: the store is damaged: its format number is {raw!r}.")
    if int(raw) > FORMAT:
        raise StartError(f"{directory}: the store has format {int(raw)}; this chatd knows {FORMAT}. Use a newer one.")


def _sync(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
