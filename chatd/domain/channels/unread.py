"""Unread counts: differences of ordinals, less what is gone. Reading writes nothing for them but the read mark."""

from __future__ import annotations

from chatd.model import ChannelState, Member
from chatd.store import tables, tally
from chatd.store.transaction import Transaction


def unread(txn: Transaction, channel: int, state: ChannelState, member: Member) -> int:
    """Messages that a member has not read and could."""
    read = _read(state, member)
    passed = state.ordinal - read
    return passed and passed - tally.count_behind(txn, tables.GONE_ORDINALS, channel, place=read)


def unread_mentions(txn: Transaction, channel: int, user: int, state: ChannelState, member: Member) -> int:
    """Those of the same messages that mention the member, or the whole channel."""
    read = _read(state, member)
    if state.ordinal == read:
        return 0
    own = tally.count_behind(txn, tables.MENTIONS, user, channel, place=read)
    return own + tally.count_behind(txn, tables.CHANNEL_MENTIONS, channel, place=read)


def unread_in(txn: Transaction, channel: int, user: int) -> int:
    """Messages of a channel that a member has not read."""
    member = txn.require(tables.MEMBERS, channel, user)
    return unread(txn, channel, txn.require(tables.CHANNEL_STATES, channel), member)


def _read(state: ChannelState, member: Member) -> int:
    """The ordinal up to which there is nothing unread."""
    return max(member.read_ordinal, state.expired_ordinal)
