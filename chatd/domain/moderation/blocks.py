"""What it means that one user has blocked another."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

from chatd.errors import Blocked, InvitesBlocked, InvitesBlocker
from chatd.model import Channel
from chatd.store import tables
from chatd.store.table import Table
from chatd.store.transaction import Transaction


def has_blocked(txn: Transaction, user: int, other: int) -> bool:
    """Whether a user has blocked another."""
    # Where nobody has blocked anybody this is known at once.
    return txn.get(tables.BLOCK_COUNTS, 0) is not None and txn.get(tables.BLOCKS, user, other) is not None


def check_inviting(txn: Transaction, inviter: int, users: Iterable[int]) -> None:
    """Raise InvitesBlocker or InvitesBlocked when a user may not bring some others into a channel; 0 may anybody."""
    if not inviter or txn.get(tables.BLOCK_COUNTS, 0) is None:
        return
    for user in users:
        if has_blocked(txn, user, inviter):
            raise InvitesBlocker(f'User "{_user_id(txn, user)}" cannot be invited.')
        if has_blocked(txn, inviter, user):
            raise InvitesBlocked(f'User "{_user_id(txn, user)}" is blocked by who invites.')


def check_speaking(txn: Transaction, channel: Channel, user: int) -> None:
    """Raise Blocked when what a member does in a channel may not reach the only other one: see `is_cut_off`."""
    if is_cut_off(txn, channel, user):
        raise Blocked("One of the two has blocked the other: nothing is said in this channel.")


def is_cut_off(txn: Transaction, channel: Channel, user: int) -> bool:
    """Whether a channel is the direct one of a member and somebody else, and one of them has blocked the other."""
    if not channel.is_distinct or txn.get(tables.BLOCK_COUNTS, 0) is None:
        return False
    if txn.require(tables.CHANNEL_STATES, channel.number).member_count > 2:
        return False
    places: tuple[Table[Any], ...] = (tables.MEMBERS, tables.INVITATIONS)
    people = {key[1] for table in places for key, _ in islice(txn.scan(table, channel.number), 3)}
    others = people - {user}
    if len(others) != 1:
        return False
    (other,) = others
    return has_blocked(txn, user, other) or has_blocked(txn, other, user)


def _user_id(txn: Transaction, user: int) -> str:
    return txn.require(tables.USERS, user).user_id
