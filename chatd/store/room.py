"""Whether the disk has room."""

from __future__ import annotations

from chatd.store.files import META
from chatd.store.table import Table
from chatd.store.transaction import Transaction

# Side by side: more than a full disk's file has free by chance, and nothing where there is room.
_BYTES = 1 << 18
_ROOM = Table("meta", META, (), bytes, shared=True)


def take_room(txn: Transaction) -> None:
    """Write anew what nobody reads, so that the commit shows whether the disk keeps things."""
    txn.put(_ROOM, value=bytes(_BYTES))
