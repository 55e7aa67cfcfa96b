"""What a deleted channel leaves behind until it is removed: messages, memberships, invitations, mutes, bans, and notes
of messages that were gone before."""

from __future__ import annotations

from typing import Any, Final

from chatd import events
from chatd.domain.fold import badges
from chatd.domain.fold.memberships import remove_member
from chatd.domain.fold.openings import end_invitation
from chatd.domain.fold.sanctions import unban, unmute
from chatd.store import tables, tally
from chatd.store.table import Table
from chatd.store.transaction import Transaction

# What is noted of a channel for as long as it is there, and goes last.
NOTES: Final[tuple[Table[Any], ...]] = (tables.GONE_ORDINALS, tables.LAST_SENT, tables.LAST_IN_CHANNEL)


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
    places: tuple[Table[Any], ...] = (
        tables.TIMELINE,
        tables.MEMBERS,
        tables.INVITATIONS,
        tables.MUTES,
        tables.BANS,
        *NOTES,
    )
    return any(next(txn.scan(table, channel), None) is not None for table in places)


def remove_leftovers(txn: Transaction, event: events.LeftoversRemoved) -> None:
    """Remove memberships, which ended with the deletion, and what else people left; when there is none, the rest."""
    for user in event.users:
        remove_member(txn, event.channel, user, event.deletion)
    for user in event.invited:
        end_invitation(txn, event.channel, user)
    for user in event.muted:
        unmute(txn, event.channel, user)
    for user in event.banned:
        unban(txn, event.channel, user)
    if not (event.users or event.invited or event.muted or event.banned):
        for table in NOTES:
            tally.remove_some(txn, table, event.channel, limit=badges.AT_ONCE)
