"""Which channels a user belongs to."""

from __future__ import annotations

from chatd.store import tables
from chatd.store.transaction import Transaction


def channels_of(txn: Transaction, user: int) -> list[int]:
    """The numbers of a user's channels, ascending."""
    return [key[1] for key, _ in txn.scan(tables.MEMBERSHIPS, user)]
