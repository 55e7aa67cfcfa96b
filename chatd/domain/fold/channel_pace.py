"""When users last wrote in channels in which that is limited: part of the fold for messages."""

from __future__ import annotations

from itertools import islice
from typing import NamedTuple

from chatd.domain.fold.filters import Rules, rules_of
from chatd.domain.fold.pace import LAST
from chatd.model import Channel
from chatd.store import tables
from chatd.store.transaction import Transaction


class ChannelPace(NamedTuple):
    """So many messages of a user in a channel within so many seconds."""

    messages: int
    seconds: int


def channel_pace(rules: Rules) -> ChannelPace | None:
    """How fast users may write in each channel that has these settings: as the first says that says something."""
    for rule in rules:
        if rule.channel_messages is not None:
            return ChannelPace(rule.channel_messages, rule.channel_seconds or 0) if rule.channel_messages else None
    return None


def note_paced(txn: Transaction, channel: Channel, sender: int, time: int) -> None:
    """A user has written. Of those who come next in the table, two go when it is too long ago to count."""
    pace = channel_pace(rules_of(txn, channel.custom_type))
    if pace is None:
        return
    number = channel.number
    for key, times in list(islice(txn.scan(tables.LAST_IN_CHANNEL, number, start=(sender + 1,)), 2)):
        if times[-1] + 1000 * pace.seconds <= time:
            txn.delete(tables.LAST_IN_CHANNEL, *key)
    times = txn.get(tables.LAST_IN_CHANNEL, number, sender) or ()
    txn.put(tables.LAST_IN_CHANNEL, number, sender, value=(*times, time)[-LAST:])
