"""How mutes and bans come and go.

One that is over counts no more and stays where it is, until the next one in its channel takes it away.
"""

from __future__ import annotations

from itertools import islice
from typing import Any, Final, NamedTuple

from msgspec.structs import replace

from chatd import events
from chatd.domain.fold.blocks import unblock
from chatd.domain.fold.dispatch import apply
from chatd.domain.fold.own import unfollow
from chatd.domain.fold.type_sanctions import forget_type
from chatd.model import Sanction
from chatd.store import tables
from chatd.store.table import Table
from chatd.store.transaction import Transaction


class Register(NamedTuple):
    """The tables of one kind of sanction: each by channel and user, and in the order of their ends."""

    records: Table[Sanction]
    of_channel: Table[None]
    of_user: Table[None]


MUTES: Final = Register(tables.MUTES, tables.CHANNEL_MUTES, tables.USER_MUTES)
BANS: Final = Register(tables.BANS, tables.CHANNEL_BANS, tables.USER_BANS)

# What is left of a user who was deleted, by user, and by what else.
OF_USERS: Final[tuple[Table[Any], ...]] = (
    MUTES.of_user,
    BANS.of_user,
    tables.BLOCKS,
    tables.BLOCKED_BY,
    tables.USER_TYPES,
    tables.FOLLOWED,
)

# Of those that are over so many go when a new one comes: more than come, so that they never become many.
_CLEARED: Final = 2


@apply.register
def _(event: events.UserMuted, txn: Transaction, sequence: int, time: int) -> None:
    _impose(txn, MUTES, event, Sanction(sequence, time, event.until, event.reason))
    _silence(txn, event.channel, event.user, event.until)


@apply.register
def _(event: events.UserUnmuted, txn: Transaction, sequence: int, time: int) -> None:
    unmute(txn, event.channel, event.user)


@apply.register
def _(event: events.UserBanned, txn: Transaction, sequence: int, time: int) -> None:
    _impose(txn, BANS, event, Sanction(sequence, time, event.until, event.reason))


@apply.register
def _(event: events.UserUnbanned, txn: Transaction, sequence: int, time: int) -> None:
    unban(txn, event.channel, event.user)


@apply.register
def _(event: events.TracesRemoved, txn: Transaction, sequence: int, time: int) -> None:
    for channel in event.muted:
        unmute(txn, channel, event.user)
    for channel in event.banned:
        unban(txn, channel, event.user)
    for user in event.blocked:
        unblock(txn, event.user, user)
    for user in event.blocked_by:
        unblock(txn, user, event.user)
    for custom_type in event.custom_types:
        forget_type(txn, event.user, custom_type)
    for parent in event.followed:
        unfollow(txn, event.user, parent)
    if not has_traces(txn, event.user):
        txn.delete(tables.DELETED_USERS, event.user)


def unmute(txn: Transaction, channel: int, user: int) -> None:
    """End a mute, if there is one."""
    _remove(txn, MUTES, channel, user)
    _silence(txn, channel, user, 0)


def unban(txn: Transaction, channel: int, user: int) -> None:
    """End a ban, if there is one."""
    _remove(txn, BANS, channel, user)


def note_traces(txn: Transaction, user: int) -> None:
    """A user has just been deleted. In the log of one who was erased it may have seemed so before."""
    if has_traces(txn, user):
        txn.put(tables.DELETED_USERS, user)
    else:
        txn.delete(tables.DELETED_USERS, user)


def has_traces(txn: Transaction, user: int) -> bool:
    """Whether there is anything of a user in the tables of what is left of those who were deleted."""
    return any(next(txn.scan(table, user), None) is not None for table in OF_USERS)


def muted_until(txn: Transaction, channel: int, user: int) -> int:
    """Until when somebody who comes into a channel may not write in it; 0 when they never were muted."""
    sanction = txn.get(tables.MUTES, channel, user)
    return 0 if sanction is None else sanction.until


def _impose(
    txn: Transaction, register: Register, event: events.UserMuted | events.UserBanned, sanction: Sanction
) -> None:
    _remove(txn, register, event.channel, event.user)
    for (_, until, user), _ in list(islice(txn.scan(register.of_channel, event.channel), _CLEARED)):
        if until <= sanction.start:
            _remove(txn, register, event.channel, user)
    txn.put(register.records, event.channel, event.user, value=sanction)
    txn.put(register.of_channel, event.channel, event.until, event.user)
    txn.put(register.of_user, event.user, event.until, event.channel)


def _remove(txn: Transaction, register: Register, channel: int, user: int) -> None:
    sanction = txn.get(register.records, channel, user)
    if sanction is not None:
        txn.delete(register.records, channel, user)
        txn.delete(register.of_channel, channel, sanction.until, user)
        txn.delete(register.of_user, user, sanction.until, channel)


def _silence(txn: Transaction, channel: int, user: int, until: int) -> None:
    """Keep with the membership, if there is one, what every message asks for."""
    member = txn.get(tables.MEMBERS, channel, user)
    if member is not None and member.muted_until != until:
        txn.put(tables.MEMBERS, channel, user, value=replace(member, muted_until=until))
