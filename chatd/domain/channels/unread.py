"""Unread counts: differences of ordinals, nothing is written for them."""

from __future__ import annotations

from collections.abc import Iterator

from chatd.domain.channels.memberships import channels_of
from chatd.model import ChannelState, Member
from chatd.store import tables
from chatd.store.transaction import Transaction


def unread(state: ChannelState, member: Member) -> int:
    """Messages that a member has not read and could."""
    return unread_after(state, member.read_ordinal)


def unread_after(state: ChannelState, ordinal: int) -> int:
    """Messages that somebody who has read up to `ordinal` has not read and could."""
    return state.ordinal - max(ordinal, state.expired_ordinal)


def unread_in(txn: Transaction, channel: int, user: int) -> int:
    """Messages of a channel that a member has not read."""
    member = txn.require(tables.MEMBERS, channel, user)
    return unread(txn.require(tables.CHANNEL_STATES, channel), member)


def unread_messages(txn: Transaction, user: int) -> int:
    """Unread messages over all channels of a user."""
    return sum(_each(txn, user))


def unread_channels(txn: Transaction, user: int) -> int:
    """Channels of a user with unread messages."""
    return sum(count > 0 for count in _each(txn, user))


def _each(txn: Transaction, user: int) -> Iterator[int]:
    for channel in channels_of(txn, user):
        yield unread_in(txn, channel, user)
