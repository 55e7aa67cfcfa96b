"""Opening the store's directory, and refusing what is not ours without touching it."""

from __future__ import annotations

import fcntl
import os
import struct
from pathlib import Path
from typing import Any

import lmdb

from chatd.errors import StartError
from chatd.store import tables

# Counts incompatible changes of the tables. Migrations, once there are any, lead from each number to the next.
FORMAT = 1

_MAGIC = 0xBEEFC0DE
_LMDB_VERSION = 1  # of the 0.9 line of LMDB; the 1.0 line writes files that 0.9 cannot read
_PAGE_HEADER = 16
_META = struct.Struct("<II")
_MAX_READERS = 512


def open_environment(directory: Path, map_size: int) -> lmdb.Environment:
    """The LMDB environment in `directory`, made when it is not there. Raises StartError."""
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        _check_file(directory / "data.mdb")
        environment = lmdb.open(
            str(directory),
            map_size=map_size,
            max_dbs=len(tables.ALL) + 8,
            mode=0o600,
            max_readers=_MAX_READERS,
        )
        _sync_directory(directory)
        return environment
    except (OSError, lmdb.Error) as error:
        raise StartError(f"{directory}: the store cannot be opened: {error}") from error


def open_databases(environment: lmdb.Environment, directory: Path) -> dict[int, Any]:
    """The database of each table by its number. Raises StartError for a file of another program or a newer chatd."""
    try:
        meta = _open_meta(environment, directory)
        databases = {table.number: environment.open_db(table.name.encode()) for table in tables.ALL}
        if meta is None:
            _write_format(environment)
        return databases
    except lmdb.Error as error:
        raise StartError(f"{directory}: the store is damaged: {error}") from error


def lock_directory(directory: Path) -> int:
    """Hold the right to serve from `directory` until the process ends; a file descriptor. Raises StartError."""
    handle = os.open(directory / "serve.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise StartError(f"{directory}: another chatd serves from this directory.") from None
    return handle


def _check_file(path: Path) -> None:
    """Look at the first page before LMDB does: LMDB would not say what is wrong."""
    if not path.exists():
        return
    with path.open("rb") as file:
        head = file.read(_PAGE_HEADER + _META.size)
    if len(head) < _PAGE_HEADER + _META.size:
        raise StartError(f"{path}: the file is cut short; restore a backup. It was not touched.")
    magic, version = _META.unpack_from(head, _PAGE_HEADER)
    if magic != _MAGIC:
        raise StartError(f"{path}: this is not a chatd store. It was not touched.")
    if version & 0xFFFF != _LMDB_VERSION:
        raise StartError(f"{path}: the file has LMDB format {version}, chatd reads {_LMDB_VERSION}.")


def _open_meta(environment: lmdb.Environment, directory: Path) -> int | None:
    """The format number of the file, None when the file is new."""
    with environment.begin() as txn:
        names = [bytes(name) for name, _ in txn.cursor()]
    if not names:
        return None
    if b"meta" not in names:
        raise StartError(f"{directory}: this LMDB environment belongs to another program. It was not touched.")
    meta = environment.open_db(b"meta", create=False)
    with environment.begin() as txn:
        found = int(txn.get(b"format", b"0", db=meta))
    if found > FORMAT:
        raise StartError(f"{directory}: the store has format {found}; this chatd knows {FORMAT}. Use a newer one.")
    return found or None


def _write_format(environment: lmdb.Environment) -> None:
    meta = environment.open_db(b"meta")
    with environment.begin(write=True) as txn:
        txn.put(b"format", str(FORMAT).encode(), db=meta)


def _sync_directory(directory: Path) -> None:
    """Make the new files' names durable; LMDB syncs only their contents."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
