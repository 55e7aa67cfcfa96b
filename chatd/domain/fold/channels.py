"""How channels come, change and go."""

from __future__ import annotations

from msgspec.structs import replace

from chatd import events
from chatd.domain.fold.dispatch import apply
from chatd.domain.fold.distinct import distinct_key, end_distinct
from chatd.domain.fold.memberships import add_member, members_of, remove_member
from chatd.domain.fold.timeline import has_messages
from chatd.model import Channel, ChannelState, Member, Retention
from chatd.store import tables
from chatd.store.requests import remember
from chatd.store.transaction import Transaction


@apply.register
def _(event: events.ChannelCreated, txn: Transaction, sequence: int, time: int) -> None:
    created_at = event.channel.created_at or time
    channel = replace(event.channel, number=sequence, created_at=created_at)
    txn.put(tables.CHANNELS, sequence, value=channel)
    txn.put(tables.CHANNEL_URLS, channel.channel_url, value=sequence)
    txn.put(tables.CHANNEL_STATES, sequence, value=ChannelState(len(event.members)))
    _note_retention(txn, channel)
    if channel.is_distinct:
        txn.put(tables.DISTINCT_CHANNELS, distinct_key(event.members), value=sequence)
    for user in event.members:
        member = Member(sequence, created_at, 0, created_at, user in event.operators)
        add_member(txn, sequence, user, member)
    if event.req_id:
        remember(txn, channel.created_by, event.req_id, sequence)


@apply.register
def _(event: events.ChannelUpdated, txn: Transaction, sequence: int, time: int) -> None:
    txn.put(tables.CHANNELS, event.channel.number, value=event.channel)
    _note_retention(txn, event.channel)


@apply.register
def _(event: events.ChannelDeleted, txn: Transaction, sequence: int, time: int) -> None:
    end_distinct(txn, txn.require(tables.CHANNELS, event.channel))
    for user in members_of(txn, event.channel):
        remove_member(txn, event.channel, user, sequence)
    txn.delete(tables.CHANNELS, event.channel)
    txn.delete(tables.CHANNEL_URLS, event.channel_url)
    txn.delete(tables.CHANNEL_STATES, event.channel)
    txn.delete(tables.RETAINED, event.channel)
    for key, _ in list(txn.scan(tables.PINS, event.channel)):
        txn.delete(tables.PINS, *key)
    if has_messages(txn, event.channel):
        txn.put(tables.DELETED_CHANNELS, event.channel)


def _note_retention(txn: Transaction, channel: Channel) -> None:
    if channel.retention != Retention(0, 0):
        txn.put(tables.RETAINED, channel.number)
    else:
        txn.delete(tables.RETAINED, channel.number)
