"""What channels are called, also when they are gone."""

from __future__ import annotations

from chatd import events
from chatd.store import tables
from chatd.store.transaction import Transaction


def url_of(txn: Transaction, channel: int) -> str:
    """The URL of a channel that may be gone: it never changes."""
    event = txn.require(tables.LOG, channel).event
    assert isinstance(event, events.ChannelCreated)
    return event.channel.channel_url
