"""Messages that disappear at a time that was said when they were sent."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice, takewhile

from chatd.domain.fold.stored import current_message
from chatd.domain.messages.removal import erase_messages
from chatd.model import Message
from chatd.store import tables
from chatd.store.transaction import Transaction


def next_disappearing(txn: Transaction) -> int | None:
    """When the next message is to disappear, in milliseconds."""
    first = next(txn.scan(tables.DISAPPEARING), None)
    return first[0][0] if first is not None else None


def remove_disappeared(txn: Transaction, limit: int) -> bool:
    """Remove up to `limit` messages whose time is over, for good. False when none are left."""
    late = takewhile(lambda item: item[0][0] <= txn.now, txn.scan(tables.DISAPPEARING))
    numbers = [number for (_, number), _ in islice(late, limit)]
    channels: defaultdict[int, list[Message]] = defaultdict(list)
    for number in numbers:
        message = current_message(txn, number)
        assert message is not None
        channels[message.channel].append(message)
    for channel, messages in channels.items():
        erase_messages(txn, channel, messages)
    return len(numbers) == limit
