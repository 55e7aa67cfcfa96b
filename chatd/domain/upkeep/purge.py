"""Removing what deleted channels, polls and users leave behind, in small transactions."""

from __future__ import annotations

from itertools import islice

from chatd.domain.channels.dissolving import remove_people
from chatd.domain.integrations.incoming import forget_incoming
from chatd.domain.messages.bookmarks import remove_bookmarks
from chatd.domain.messages.drafts import remove_drafts
from chatd.domain.messages.poll_removal import remove_votes
from chatd.domain.messages.removal import expire
from chatd.domain.moderation.expelling import expel
from chatd.domain.moderation.telling import tell_channels
from chatd.domain.moderation.traces import remove_traces
from chatd.store import tables
from chatd.store.transaction import Transaction


def purge(txn: Transaction, limit: int) -> bool:
    """Remove up to `limit` rows of deleted channels, users, messages, or votes of polls. False when none are left.

    Before all else, put out of their channels who was banned from a custom type, and tell those of who was muted.
    """
    if expel(txn, limit) or tell_channels(txn, limit):
        return True
    first = next(txn.scan(tables.DELETED_CHANNELS), None)
    if first is None:
        return remove_traces(txn, limit) or remove_bookmarks(txn, limit) or remove_votes(txn)
    (channel,), _ = first
    forget_incoming(txn, channel)
    if remove_drafts(txn, channel, limit) or remove_people(txn, channel, limit):
        return True
    keys = [key for key, _ in islice(txn.scan(tables.TIMELINE, channel), limit)]
    if keys:
        expire(txn, keys)
    else:
        # A chatd from before noted channels also when they had no messages.
        txn.delete(tables.DELETED_CHANNELS, channel)
    return True
