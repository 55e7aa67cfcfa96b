"""Removing what is left of messages that are gone, a few at a time: who had saved them, who followed their threads.

So is what people had reacted with, from the log.
"""

from __future__ import annotations

from itertools import islice

from msgspec.structs import replace

from chatd import events
from chatd.domain.stream import note
from chatd.store import tables
from chatd.store.table import Table
from chatd.store.transaction import Transaction


def remove_bookmarks(txn: Transaction, limit: int) -> bool:
    """Remove up to `limit` bookmarks and reactions of a message that is gone; whether there was such a message.

    Of one that was only deleted the thread stays, and who follows it.
    """
    first = next(txn.scan(tables.LOST_MESSAGES), None)
    if first is None:
        return False
    (message_id,), is_gone = first
    savers = _first_of(txn, tables.SAVERS, message_id, limit)
    followers = _first_of(txn, tables.FOLLOWERS, message_id, limit - len(savers)) if is_gone else ()
    reacted = _first_of(txn, tables.REACTED, message_id, limit - len(savers) - len(followers))
    note(txn, events.BookmarksRemoved(message_id, savers, followers, reacted))
    for sequence in reacted:
        _scrub(txn, sequence)
    return True


def _scrub(txn: Transaction, sequence: int) -> None:
    entry = txn.require(tables.LOG, sequence)
    assert isinstance(entry.event, events.ReactionAdded | events.ReactionRemoved)
    txn.put(tables.LOG, sequence, value=replace(entry, event=replace(entry.event, key="")))


def _first_of(txn: Transaction, table: Table[None], message_id: int, limit: int) -> tuple[int, ...]:
    return tuple(key[1] for key, _ in islice(txn.scan(table, message_id), limit))
