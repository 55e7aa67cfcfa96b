"""Removing the mutes, bans and blocks of users who were deleted, and what they followed, a few at a time."""

from __future__ import annotations

from itertools import islice
from typing import Any

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
    found: list[tuple[Any, ...]] = []
    for table in OF_USERS:
        rows = islice(txn.scan(table, user), 0 if any(found) else limit)
        # The last part of each key is the channel, the other user or the message; of a custom type a hash of the value.
        found.append(tuple(value if isinstance(value, str) else key[-1] for key, value in rows))
    note(txn, events.TracesRemoved(user, *found))
    return True
