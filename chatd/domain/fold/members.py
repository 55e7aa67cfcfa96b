"""How memberships change, and what members have read."""

from __future__ import annotations

from msgspec.structs import replace

from chatd import events
from chatd.domain.fold.dispatch import apply
from chatd.domain.fold.distinct import end_distinct
from chatd.domain.fold.memberships import add_member, mark_read, remove_member
from chatd.model import Member
from chatd.store import tables
from chatd.store.transaction import Transaction


@apply.register
def _(event: events.MemberJoined, txn: Transaction, sequence: int, time: int) -> None:
    end_distinct(txn, txn.require(tables.CHANNELS, event.channel))
    state = txn.require(tables.CHANNEL_STATES, event.channel)
    for user in event.users:
        add_member(txn, event.channel, user, Member(sequence, time, state.ordinal, time))
    count = state.member_count + len(event.users)
    txn.put(tables.CHANNEL_STATES, event.channel, value=replace(state, member_count=count))


@apply.register
def _(event: events.MemberLeft, txn: Transaction, sequence: int, time: int) -> None:
    end_distinct(txn, txn.require(tables.CHANNELS, event.channel))
    state = txn.require(tables.CHANNEL_STATES, event.channel)
    for user in event.users:
        remove_member(txn, event.channel, user, sequence)
    count = state.member_count - len(event.users)
    txn.put(tables.CHANNEL_STATES, event.channel, value=replace(state, member_count=count))


@apply.register
def _(event: events.ChannelRead, txn: Transaction, sequence: int, time: int) -> None:
    mark_read(txn, event.channel, event.user, event.ordinal, event.read_at)
