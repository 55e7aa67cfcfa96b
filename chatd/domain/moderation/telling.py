"""Telling channels that a member is muted in their custom type, or is so no more, some channels at a time."""

from __future__ import annotations

from itertools import islice

from chatd import events
from chatd.domain.stream import emit, note
from chatd.store import tables
from chatd.store.transaction import Transaction

# So many are told in the commit in which it happens.
AT_ONCE = 100


def tell_channels(txn: Transaction, limit: int) -> bool:
    """Look at up to `limit` channels of one who was muted in a custom type; whether there was anybody."""
    first = next(txn.scan(tables.TELLINGS), None)
    if first is None:
        return False
    (user, _), (custom_type, last) = first
    numbers = [key[1] for key, _ in islice(txn.scan(tables.MEMBERSHIPS, user, start=(last + 1,)), limit)]
    for number in numbers:
        channel = txn.get(tables.CHANNELS, number)
        if channel is not None and channel.custom_type == custom_type:
            emit(txn, events.MuteTold(number, user))
    note(txn, events.TellingAdvanced(user, custom_type, numbers[-1] if len(numbers) == limit else 0))
    return True
