"""Ending the memberships of who was banned, at once or, after a ban from a custom type, some channels at a time."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import merge
from itertools import islice

from chatd import events
from chatd.domain.channels.admission import end_invitations
from chatd.domain.channels.operators import change_operators
from chatd.domain.fold.filters import type_key
from chatd.domain.moderation.type_sanctions import type_ban_of
from chatd.domain.stream import emit, note
from chatd.model import Channel
from chatd.store import tables
from chatd.store.transaction import Transaction


def put_out(txn: Transaction, channel: Channel, user: int) -> None:
    """End the membership of a user who was banned, or the invitation."""
    if txn.get(tables.MEMBERS, channel.number, user) is not None:
        emit(txn, events.MemberLeft(channel.number, (user,), "banned"))
    if txn.get(tables.INVITATIONS, channel.number, user) is not None:
        end_invitations(txn, channel, (user,), "canceled")


def put_out_banned(txn: Transaction, channel: Channel) -> None:
    """Of a channel that has another custom type now, put out who is banned from that: it looks at all those bans."""
    bans = list(txn.scan(tables.TYPE_BANS, type_key(channel.custom_type))) if channel.custom_type else []
    for (_, user), ban in bans:
        if ban.until > txn.now:
            _put_out_of(txn, channel, user)


def expel(txn: Transaction, limit: int) -> bool:
    """Look at up to `limit` channels of one who was banned from a custom type; whether there was anybody."""
    first = next(txn.scan(tables.EXPULSIONS), None)
    if first is None:
        return False
    (user, key), last = first
    custom_type = txn.require(tables.USER_TYPES, user, key)
    is_banned = type_ban_of(txn, custom_type, user) is not None
    numbers = list(islice(_channels(txn, user, last + 1), limit if is_banned else 0))
    for number in numbers:
        channel = txn.get(tables.CHANNELS, number)
        if channel is not None and channel.custom_type == custom_type:
            _put_out_of(txn, channel, user)
    note(txn, events.ExpulsionAdvanced(user, custom_type, numbers[-1] if len(numbers) == limit else 0))
    return True


def _put_out_of(txn: Transaction, channel: Channel, user: int) -> None:
    change_operators(txn, None, channel, (), (user,))
    put_out(txn, channel, user)


def _channels(txn: Transaction, user: int, start: int) -> Iterator[int]:
    """The channels of a user and those to which the user is invited, ascending."""
    found = (txn.scan(table, user, start=(start,)) for table in (tables.MEMBERSHIPS, tables.INVITED))
    return merge(*((key[1] for key, _ in rows) for rows in found))
