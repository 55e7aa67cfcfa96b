"""Taking apart a channel that was deleted, a few at a time: its memberships, invitations, mutes and bans."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

from chatd import events
from chatd.domain.fold.leftovers import NOTES
from chatd.domain.stream import emit, note
from chatd.store import tables
from chatd.store.table import Table
from chatd.store.transaction import Transaction


def remove_people(txn: Transaction, channel: int, limit: int) -> bool:
    """Remove up to `limit` memberships, or what else people have left when there are no more; whether there was any.

    After the last one and the last message it removes what was noted of messages that were gone before.

    Members were told that the channel is gone; who was invited is told now.
    """
    tables_of_people = (tables.MEMBERS, tables.INVITATIONS, tables.MUTES, tables.BANS)
    users, invited, muted, banned = _first_of(txn, channel, tables_of_people, limit)
    if not (users or invited or muted or banned or _is_noted(txn, channel)):
        return False
    deletion, channel_url = _deletion(txn, channel)
    note(txn, events.LeftoversRemoved(channel, deletion, users, invited, muted, banned))
    for user in invited:
        emit(txn, events.InvitationEnded(user, channel_url, "deleted"))
    return True


def _first_of(txn: Transaction, channel: int, places: Sequence[Table[Any]], limit: int) -> list[tuple[int, ...]]:
    """Up to `limit` users of the first table that has any of a channel; of the others none."""
    found: list[tuple[int, ...]] = []
    for table in places:
        is_wanted = not any(found)
        found.append(tuple(key[1] for key, _ in islice(txn.scan(table, channel), limit)) if is_wanted else ())
    return found


def _is_noted(txn: Transaction, channel: int) -> bool:
    """Whether all that is left of a channel are notes of messages."""
    if next(txn.scan(tables.TIMELINE, channel), None) is not None:
        return False
    return any(next(txn.scan(table, channel), None) is not None for table in NOTES)


def _deletion(txn: Transaction, channel: int) -> tuple[int, str]:
    """The event by which a channel was deleted, and what the channel was called."""
    for (_, sequence), _ in txn.scan(tables.STREAMS, channel, reverse=True):
        event = txn.require(tables.LOG, sequence).event
        if isinstance(event, events.ChannelDeleted):
            return sequence, event.channel_url
    raise LookupError(f"channel {channel} was not deleted")
