"""What holds for a user in all channels of a custom type: a mute, a ban, an operatorship.

It is looked up where something is decided, so that nothing is written in any channel.
"""

from __future__ import annotations

from chatd.domain.fold.filters import type_key
from chatd.domain.fold.type_sanctions import TYPE_BANS, TYPE_MUTES, TypeRegister
from chatd.model import Sanction
from chatd.store import tables
from chatd.store.transaction import Transaction


def type_mute_of(txn: Transaction, custom_type: str, user: int) -> Sanction | None:
    """The mute of a user in a custom type."""
    return _current(txn, TYPE_MUTES, custom_type, user)


def type_ban_of(txn: Transaction, custom_type: str, user: int) -> Sanction | None:
    """The ban of a user from a custom type."""
    return _current(txn, TYPE_BANS, custom_type, user)


def operates_type(txn: Transaction, custom_type: str, user: int) -> bool:
    """Whether a user operates the channels of a custom type."""
    return bool(custom_type) and txn.get(tables.TYPE_OPERATORS, type_key(custom_type), user) is not None


def type_operators(txn: Transaction, custom_type: str) -> list[int]:
    """The numbers of those who operate the channels of a custom type, ascending."""
    return [key[1] for key, _ in txn.scan(tables.TYPE_OPERATORS, type_key(custom_type))] if custom_type else []


def _current(txn: Transaction, register: TypeRegister, custom_type: str, user: int) -> Sanction | None:
    sanction = txn.get(register.records, type_key(custom_type), user) if custom_type else None
    return sanction if sanction is not None and sanction.until > txn.now else None
