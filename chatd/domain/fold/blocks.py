"""How blocks between users come and go."""

from __future__ import annotations

from chatd import events
from chatd.domain.fold.dispatch import apply
from chatd.store import tables
from chatd.store.transaction import Transaction


@apply.register
def _(event: events.UserBlocked, txn: Transaction, sequence: int, time: int) -> None:
    txn.put(tables.BLOCKS, event.user, event.blocked, value=time)
    txn.put(tables.BLOCKED_BY, event.blocked, event.user)
    _count(txn, event.user, 1)


@apply.register
def _(event: events.UserUnblocked, txn: Transaction, sequence: int, time: int) -> None:
    unblock(txn, event.user, event.blocked)


def unblock(txn: Transaction, user: int, blocked: int) -> None:
    """End a block, if there is one."""
    if txn.delete(tables.BLOCKS, user, blocked):
        txn.delete(tables.BLOCKED_BY, blocked, user)
        _count(txn, user, -1)


def _count(txn: Transaction, user: int, change: int) -> None:
    for key in (user, 0):
        count = (txn.get(tables.BLOCK_COUNTS, key) or 0) + change
        if count:
            txn.put(tables.BLOCK_COUNTS, key, value=count)
        else:
            txn.delete(tables.BLOCK_COUNTS, key)
