"""How memberships change, and what members have read."""

from __future__ import annotations

from msgspec.structs import replace

from chatd import events
from chatd.domain.fold.dispatch import apply
from chatd.domain.fold.distinct import end_distinct
from chatd.domain.fold.memberships import add_member, mark_read, remove_member, set_operator
from chatd.domain.fold.openings import end_invitation
from chatd.domain.fold.sanctions import muted_until
from chatd.model import Member
from chatd.store import tables
from chatd.store.transaction import Transaction


@apply.register
def _(event: events.MemberJoined, txn: Transaction, sequence: int, time: int) -> None:
    # Who was invited belonged to the channel before: a distinct one stays so.
    if any(txn.get(tables.INVITATIONS, event.channel, user) is None for user in event.users):
        end_distinct(txn, txn.require(tables.CHANNELS, event.channel))
    state = txn.require(tables.CHANNEL_STATES, event.channel)
    operators = {key[1] for key, _ in txn.scan(tables.OPERATORS, event.channel)}
    for user in event.users:
        end_invitation(txn, event.channel, user)
        is_operator, muted = user in operators, muted_until(txn, event.channel, user)
        add_member(txn, event.channel, user, Member(sequence, time, state.ordinal, time, is_operator, muted))
    count = state.member_count + len(event.users)
    txn.put(tables.CHANNEL_STATES, event.channel, value=replace(state, member_count=count))


@apply.register
def _(event: events.MemberLeft, txn: Transaction, sequence: int, time: int) -> None:
    end_distinct(txn, txn.require(tables.CHANNELS, event.channel))
    state = txn.require(tables.CHANNEL_STATES, event.channel)
    for user in event.users:
        remove_member(txn, event.channel, user, sequence, keeps_operator=event.keeps_operators)
    count = state.member_count - len(event.users)
    txn.put(tables.CHANNEL_STATES, event.channel, value=replace(state, member_count=count))


@apply.register
def _(event: events.ChannelRead, txn: Transaction, sequence: int, time: int) -> None:
    mark_read(txn, event.channel, event.user, event.ordinal, event.read_at)


@apply.register
def _(event: events.OperatorsChanged, txn: Transaction, sequence: int, time: int) -> None:
    for user in event.added:
        set_operator(txn, event.channel, user, is_operator=True)
    for user in event.removed:
        set_operator(txn, event.channel, user, is_operator=False)
