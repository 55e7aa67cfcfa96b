"""When users last wrote in channels with slow mode: part of the fold for messages."""

from __future__ import annotations

from itertools import islice

from chatd.model import Channel
from chatd.store import tables
from chatd.store.transaction import Transaction


def note_sent(txn: Transaction, channel: Channel, sender: int, time: int) -> None:
    """A user has written.

    Those who come next in the table are looked at in turn: when it is too long ago to count, they go. So there are
    hardly more rows than users who wrote lately.
    """
    slow_seconds = channel.slow_seconds
    if not slow_seconds:
        return
    for key, sent_at in list(islice(txn.scan(tables.LAST_SENT, channel.number, start=(sender + 1,)), 2)):
        if sent_at + 1000 * slow_seconds <= time:
            txn.delete(tables.LAST_SENT, *key)
    txn.put(tables.LAST_SENT, channel.number, sender, value=time)
