"""The index by which members of a channel are found by nickname, invited users too."""

from __future__ import annotations

from chatd.model import User
from chatd.store import tables
from chatd.store.names import folded
from chatd.store.transaction import Transaction


def place_name(txn: Transaction, channel: int, user: int) -> None:
    """A user belongs to a channel now."""
    txn.put(tables.MEMBER_NAMES, channel, folded(txn.require(tables.USERS, user).nickname), user)


def remove_name(txn: Transaction, channel: int, user: int) -> None:
    """A user belongs to a channel no more."""
    txn.delete(tables.MEMBER_NAMES, channel, folded(txn.require(tables.USERS, user).nickname), user)


def rename(txn: Transaction, before: User, nickname: str) -> None:
    """A user is about to have another nickname."""
    old, new = folded(before.nickname), folded(nickname)
    if old == new:
        return
    for table in (tables.MEMBERSHIPS, tables.INVITED):
        for (user, channel), _ in txn.scan(table, before.number):
            txn.delete(tables.MEMBER_NAMES, channel, old, user)
            txn.put(tables.MEMBER_NAMES, channel, new, user)
