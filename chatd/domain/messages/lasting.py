"""How long the messages of a channel are kept."""

from __future__ import annotations

from chatd.model import Channel, Retention
from chatd.store import tables
from chatd.store.transaction import Transaction

FOR_EVER = Retention()
# Messages of an ephemeral channel are told and in no list; so long they can still be recovered.
EPHEMERAL = Retention(60, -1)


def retention_of(txn: Transaction, channel: Channel) -> Retention:
    """What a channel says itself, and for the rest what its application does."""
    if channel.is_ephemeral:
        return EPHEMERAL
    own = channel.retention
    if own.seconds and own.count:
        return own
    common = txn.get(tables.RETENTION) or FOR_EVER
    if not own.seconds and not own.count:
        return common
    return Retention(own.seconds or common.seconds, own.count or common.count)
