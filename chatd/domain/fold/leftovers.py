"""What a deleted channel leaves behind until it is removed: messages, memberships, invitations, and notes of messages
that were gone before."""

from __future__ import annotations

from typing import Any

from chatd import events
from chatd.domain.fold import badges
from chatd.domain.fold.memberships import remove_member
from chatd.domain.fold.openings import end_invitation
from chatd.store import tables, tally
from chatd.store.table import Table
from chatd.store.transaction import Transaction


def note_leftovers(txn: Transaction, channel: int) -> None:
    """A channel has just been deleted."""
    if has_leftovers(txn, channel):
        txn.put(tables.DELETED_CHANNELS, channel)


def note_emptied(txn: Transaction, channel: int) -> None:
    """Something of a deleted channel was removed, perhaps the last."""
    if not has_leftovers(txn, channel):
        txn.delete(tables.DELETED_CHANNELS, channel)


def has_leftovers(txn: Transaction, channel: int) -> bool:
    """Whether there is something to remove when a channel has been deleted."""
    places: tuple[Table[Any], ...] = (tables.TIMELINE, tables.MEMBERS, tables.INVITATIONS, tables.GONE_ORDINALS)
    return any(next(txn.scan(table, channel), None) is not None for table in places)


def remove_leftovers(txn: Transaction, event: events.LeftoversRemoved) -> None:
    """Remove memberships, which ended with the deletion, and invitations; or when there are none what else is left."""
    for user in event.users:
        remove_member(txn, event.channel, user, event.deletion)
    for user in event.invited:
        end_invitation(txn, event.channel, user)
    if not event.users and not event.invited:
        tally.remove_some(txn, tables.GONE_ORDINALS, event.channel, limit=badges.AT_ONCE)
