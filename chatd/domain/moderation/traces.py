"""Removing the mutes, bans and blocks of users who were deleted, a few at a time."""

from __future__ import annotations

from itertools import islice

from chatd import events
from chatd.domain.fold.sanctions import OF_USERS
from chatd.domain.stream import note
from chatd.store import tables
from chatd.store.transaction import Transaction


def remove_traces(txn: Transaction, limit: int) -> bool:
    """Remove up to `limit` mutes of a deleted user, or what else is left of them; whether there was any."""
    first = next(txn.scan(tables.DELETED_USERS), None)
    if first is None:
        return False
    (user,), _ = first
    found: list[tuple[int, ...]] = []
    for table in OF_USERS:
        is_wanted = not any(found)
        # The last part of each key is the channel, or the other user.
        found.append(tuple(key[-1] for key, _ in islice(txn.scan(table, user), limit)) if is_wanted else ())
    note(txn, events.TracesRemoved(user, *found))
    return True
