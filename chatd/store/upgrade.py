"""Leading an older file to the newest format."""

from __future__ import annotations

import fcntl
import logging
from pathlib import Path
from typing import Any

import lmdb

from chatd.errors import StartError
from chatd.store.backup import back_up
from chatd.store.blobs import FILES, Blobs
from chatd.store.copy import FULL_SPEED
from chatd.store.files import FORMAT_KEY, IN_USE, META, stored_format
from chatd.store.migrations import MIGRATIONS, newest_format

BACKUPS = "backups-before-upgrade"

_log = logging.getLogger("chatd.store")


def upgrade(directory: Path, environment: lmdb.Environment, databases: dict[int, Any], use: int) -> None:
    """Back the store up, then run the migrations that it lacks, each in one transaction with its format number.

    Killed between two, the next start goes on with the second. `use` is the descriptor of `files.share`: nobody else
    may have the store open meanwhile. Raises StartError; the store has then the format of the last one that ended.
    """
    with environment.begin() as raw:
        found = stored_format(raw, databases)
    if found == newest_format():
        return
    try:
        fcntl.flock(use, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise StartError(f"{directory}: {IN_USE} It has an older format and needs an upgrade.") from error
    blobs = Blobs(directory / FILES)
    backup = back_up(environment, blobs, directory / BACKUPS, pace=FULL_SPEED)
    _log.info("backed up before an upgrade", extra={"backup": str(backup)})
    with environment.begin() as raw:
        found = stored_format(raw, databases)
    for number in range(found + 1, newest_format() + 1):
        _migrate(directory, environment, databases, number)
    fcntl.flock(use, fcntl.LOCK_SH)


def _migrate(directory: Path, environment: lmdb.Environment, databases: dict[int, Any], number: int) -> None:
    try:
        with environment.begin(write=True) as raw:
            MIGRATIONS[number](raw, databases)
            raw.put(FORMAT_KEY, str(number).encode(), db=databases[META])
    except lmdb.Error as error:
        raise StartError(f"{directory}: the store cannot be upgraded to format {number}: {error}") from error
    _log.info("upgraded", extra={"format": number})
