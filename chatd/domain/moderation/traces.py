"""Removing the mutes and bans of users who were deleted, a few at a time."""

from __future__ import annotations

from itertools import islice

from chatd import events
from chatd.domain.stream import note
from chatd.store import tables
from chatd.store.transaction import Transaction


def remove_traces(txn: Transaction, limit: int) -> bool:
    """Remove up to `limit` mutes, or bans when there are no more, of a deleted user; whether there were any."""
    first = next(txn.scan(tables.DELETED_USERS), None)
    if first is None:
        return False
    (user,), _ = first
    muted = tuple(key[2] for key, _ in islice(txn.scan(tables.USER_MUTES, user), limit))
    banned = () if muted else tuple(key[2] for key, _ in islice(txn.scan(tables.USER_BANS, user), limit))
    note(txn, events.TracesRemoved(user, muted, banned))
    return True
