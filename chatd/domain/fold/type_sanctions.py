"""How mutes, bans and operatorships of custom types come and go.

One that is over counts no more and stays where it is, until the next one of its type takes it away.
"""

from __future__ import annotations

from itertools import islice
from typing import Any, Final, NamedTuple

from chatd import events
from chatd.domain.fold.dispatch import apply
from chatd.domain.fold.filters import type_key
from chatd.model import Sanction
from chatd.store import tables
from chatd.store.table import Table
from chatd.store.transaction import Transaction


class TypeRegister(NamedTuple):
    """The tables of one kind of sanction: by type and user, and in the order of their ends."""

    records: Table[Sanction]
    ends: Table[None]


TYPE_MUTES: Final = TypeRegister(tables.TYPE_MUTES, tables.TYPE_MUTE_ENDS)
TYPE_BANS: Final = TypeRegister(tables.TYPE_BANS, tables.TYPE_BAN_ENDS)

# Of those that are over so many go when a new one comes: more than come, so that they never become many.
_CLEARED: Final = 2


@apply.register
def _(event: events.UserMutedInType, txn: Transaction, sequence: int, time: int) -> None:
    _impose(txn, TYPE_MUTES, event, Sanction(sequence, time, event.until, event.reason))
    txn.put(tables.TELLINGS, event.user, type_key(event.custom_type), value=(event.custom_type, 0))


@apply.register
def _(event: events.UserUnmutedInType, txn: Transaction, sequence: int, time: int) -> None:
    _lift(txn, TYPE_MUTES, type_key(event.custom_type), event.user)
    txn.put(tables.TELLINGS, event.user, type_key(event.custom_type), value=(event.custom_type, 0))


@apply.register
def _(event: events.UserBannedFromType, txn: Transaction, sequence: int, time: int) -> None:
    _impose(txn, TYPE_BANS, event, Sanction(sequence, time, event.until, event.reason))
    txn.put(tables.EXPULSIONS, event.user, type_key(event.custom_type), value=0)


@apply.register
def _(event: events.UserUnbannedFromType, txn: Transaction, sequence: int, time: int) -> None:
    _lift(txn, TYPE_BANS, type_key(event.custom_type), event.user)


@apply.register
def _(event: events.TypeOperatorAdded, txn: Transaction, sequence: int, time: int) -> None:
    txn.put(tables.TYPE_OPERATORS, type_key(event.custom_type), event.user, value=sequence)
    txn.put(tables.USER_TYPES, event.user, type_key(event.custom_type), value=event.custom_type)


@apply.register
def _(event: events.TypeOperatorRemoved, txn: Transaction, sequence: int, time: int) -> None:
    txn.delete(tables.TYPE_OPERATORS, type_key(event.custom_type), event.user)
    _settle(txn, type_key(event.custom_type), event.user)


@apply.register
def _(event: events.ExpulsionAdvanced, txn: Transaction, sequence: int, time: int) -> None:
    key = type_key(event.custom_type)
    if event.channel:
        txn.put(tables.EXPULSIONS, event.user, key, value=event.channel)
    else:
        txn.delete(tables.EXPULSIONS, event.user, key)


@apply.register
def _(event: events.TellingAdvanced, txn: Transaction, sequence: int, time: int) -> None:
    key = type_key(event.custom_type)
    if event.channel:
        txn.put(tables.TELLINGS, event.user, key, value=(event.custom_type, event.channel))
    else:
        txn.delete(tables.TELLINGS, event.user, key)


@apply.register
def _(event: events.MuteTold, txn: Transaction, sequence: int, time: int) -> None:
    """Nothing changes by what is told."""


def forget_type(txn: Transaction, user: int, custom_type: str) -> None:
    """Remove what is said of a user who was deleted, in a type."""
    key = type_key(custom_type)
    txn.delete(tables.TYPE_OPERATORS, key, user)
    for register in (TYPE_MUTES, TYPE_BANS):
        _lift(txn, register, key, user)


def _impose(
    txn: Transaction,
    register: TypeRegister,
    event: events.UserMutedInType | events.UserBannedFromType,
    sanction: Sanction,
) -> None:
    key = type_key(event.custom_type)
    _lift(txn, register, key, event.user)
    for (_, until, user), _ in list(islice(txn.scan(register.ends, key), _CLEARED)):
        if until <= sanction.start:
            _lift(txn, register, key, user)
    txn.put(register.records, key, event.user, value=sanction)
    txn.put(register.ends, key, event.until, event.user)
    txn.put(tables.USER_TYPES, event.user, key, value=event.custom_type)


def _lift(txn: Transaction, register: TypeRegister, key: bytes, user: int) -> None:
    sanction = txn.get(register.records, key, user)
    if sanction is not None:
        txn.delete(register.records, key, user)
        txn.delete(register.ends, key, sanction.until, user)
        if register is TYPE_BANS:
            txn.delete(tables.EXPULSIONS, user, key)
    _settle(txn, key, user)


def _settle(txn: Transaction, key: bytes, user: int) -> None:
    """Forget that something is said of a user in a type, when nothing is."""
    places: tuple[Table[Any], ...] = (tables.TYPE_MUTES, tables.TYPE_BANS, tables.TYPE_OPERATORS)
    if all(txn.get(table, key, user) is None for table in places):
        txn.delete(tables.USER_TYPES, user, key)
