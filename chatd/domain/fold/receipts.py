"""How receipts and marks of members change."""

from __future__ import annotations

from msgspec.structs import replace

from chatd import events
from chatd.domain.fold.dispatch import apply
from chatd.store import tables
from chatd.store.transaction import Transaction


@apply.register
def _(event: events.ChannelDelivered, txn: Transaction, sequence: int, time: int) -> None:
    member = txn.require(tables.MEMBERS, event.channel, event.user)
    delivered_at = max(event.delivered_at, member.delivered_at)
    txn.put(tables.MEMBERS, event.channel, event.user, value=replace(member, delivered_at=delivered_at))


@apply.register
def _(event: events.ChannelMarkedUnread, txn: Transaction, sequence: int, time: int) -> None:
    member = txn.require(tables.MEMBERS, event.channel, event.user)
    # What others see of it stays: it was read.
    value = replace(member, read_ordinal=event.ordinal, read_at=event.read_at, receipt_at=member.was_read_at)
    txn.put(tables.MEMBERS, event.channel, event.user, value=value)
