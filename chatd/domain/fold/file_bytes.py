"""How many bytes the files of messages take: those of each sender, and under 0 those of all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from chatd.model import File
from chatd.store import tables
from chatd.store.transaction import Transaction

# Whose files count for all alone: nobody has chosen to send the picture of a page.
NOBODY: Final = 0


def add_bytes(txn: Transaction, sender: int, files: Iterable[File], sign: int = 1) -> None:
    """Files of a sender came, or with -1 went."""
    size = sign * sum(part.size for file in files for part in file.parts())
    for key in {0, sender} if size else ():
        value = (txn.get(tables.FILE_BYTES, key) or 0) + size
        if value:
            txn.put(tables.FILE_BYTES, key, value=value)
        else:
            txn.delete(tables.FILE_BYTES, key)
