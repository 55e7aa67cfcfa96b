"""Taking apart a channel that was deleted, a few at a time: its memberships and invitations."""

from __future__ import annotations

from itertools import islice

from chatd import events
from chatd.domain.stream import emit, note
from chatd.store import tables
from chatd.store.transaction import Transaction


def remove_people(txn: Transaction, channel: int, limit: int) -> bool:
    """Remove up to `limit` memberships, or invitations when there are no more; whether there were any.

    Members were told that the channel is gone; who was invited is told now.
    """
    users = tuple(key[1] for key, _ in islice(txn.scan(tables.MEMBERS, channel), limit))
    invited = () if users else tuple(key[1] for key, _ in islice(txn.scan(tables.INVITATIONS, channel), limit))
    if not users and not invited:
        return False
    deletion, channel_url = _deletion(txn, channel)
    note(txn, events.LeftoversRemoved(channel, deletion, users, invited))
    for user in invited:
        emit(txn, events.InvitationEnded(user, channel_url, "deleted"))
    return True


def _deletion(txn: Transaction, channel: int) -> tuple[int, str]:
    """The event by which a channel was deleted, and what the channel was called."""
    for (_, sequence), _ in txn.scan(tables.STREAMS, channel, reverse=True):
        event = txn.require(tables.LOG, sequence).event
        if isinstance(event, events.ChannelDeleted):
            return sequence, event.channel_url
    raise LookupError(f"channel {channel} was not deleted")
