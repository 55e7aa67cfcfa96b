"""Removing what deleted channels leave behind, a little at a time, so that no single transaction is long."""

from __future__ import annotations

from itertools import islice

from chatd.domain.fold import current_message, forget_parts
from chatd.domain.messages import scrub_log
from chatd.domain.threads import forget_thread
from chatd.store import tables
from chatd.store.transaction import Transaction


def purge(txn: Transaction, limit: int) -> bool:
    """Remove up to `limit` messages of deleted channels. False when nothing is left to remove.

    The log keeps its places, so that sequence numbers stay sound; what was written in them goes.
    """
    first = next(txn.scan(tables.DELETED_CHANNELS), None)
    if first is None:
        return False
    (channel,), _ = first
    keys = [key for key, _ in islice(txn.scan(tables.TIMELINE, channel), limit)]
    for key in keys:
        _remove(txn, key)
    if len(keys) < limit:
        txn.delete(tables.DELETED_CHANNELS, channel)
    return True


def _remove(txn: Transaction, key: tuple[int, int, int]) -> None:
    message = current_message(txn, key[2])
    if message is not None:
        scrub_log(txn, message)
        forget_parts(txn, message)
        forget_thread(txn, message)
    txn.delete(tables.MESSAGES, key[2])
    txn.delete(tables.TIMELINE, *key)
