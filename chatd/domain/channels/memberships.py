"""Which channels a user belongs to, or is invited to.

Of a channel that was deleted the memberships and invitations are removed a little later: they are passed over.
"""

from __future__ import annotations

from chatd.store import tables
from chatd.store.table import Table
from chatd.store.transaction import Transaction


def channels_of(txn: Transaction, user: int) -> list[int]:
    """The numbers of a user's channels, ascending."""
    return _living(txn, tables.MEMBERSHIPS, user)


def invited_channels(txn: Transaction, user: int) -> list[int]:
    """The numbers of the channels to which a user has an open invitation, ascending."""
    return _living(txn, tables.INVITED, user)


def _living(txn: Transaction, table: Table[None], user: int) -> list[int]:
    deleted = {key[0] for key, _ in txn.scan(tables.DELETED_CHANNELS)}
    return [channel for (_, channel), _ in txn.scan(table, user) if channel not in deleted]
