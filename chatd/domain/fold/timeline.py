"""What the messages of a channel are in time."""

from __future__ import annotations

from chatd.domain.fold.stored import current_message
from chatd.store import tables
from chatd.store.transaction import Transaction


def last_message(txn: Transaction, channel: int) -> tuple[int, int]:
    """Time and id of the newest message of a channel that counts as its last one, (0, 0) when there is none."""
    for (_, time, message_id), _ in txn.scan(tables.TIMELINE, channel, reverse=True):
        message = current_message(txn, message_id)
        if message is not None and not message.is_removed and not message.is_silent:
            return time, message_id
    return 0, 0
