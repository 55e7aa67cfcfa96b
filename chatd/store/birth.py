"""Making a new store, whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from chatd.errors import StartError
from chatd.store.files import open_databases, open_environment, sync_directory

_DATA = "data.mdb"
_MAKING = "making-"


def make_missing(directory: Path, map_size: int) -> None:
    """Make the data file of a store when there is none.

    LMDB would write the first pages of a new file and sync them later, and after a power cut between nothing tells
    such a file from a damaged one. So it gets its name when it is on disk. Raises StartError.
    """
    if (directory / _DATA).exists():
        for left in directory.glob(f"{_MAKING}*"):  # by a process that was killed
            shutil.rmtree(left, ignore_errors=True)
        return
    try:
        making = Path(tempfile.mkdtemp(prefix=_MAKING, dir=directory))
        try:
            with open_environment(making, map_size) as environment:
                open_databases(environment, making)
            # Another process may have been quicker: then its file is the store.
            with suppress(FileExistsError):
                (directory / _DATA).hardlink_to(making / _DATA)
            sync_directory(directory)
        finally:
            shutil.rmtree(making, ignore_errors=True)
    except OSError as error:
        raise StartError(f"{directory}: the store cannot be made: {error}") from error
