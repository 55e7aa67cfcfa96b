"""The tables of memberships, from both sides."""

from __future__ import annotations

from msgspec.structs import replace

from chatd.domain.fold.names import place_name, remove_name
from chatd.model import Member
from chatd.store import tables
from chatd.store.transaction import Transaction


def members_of(txn: Transaction, channel: int) -> list[int]:
    """The user numbers of a channel's members, ascending."""
    return [key[1] for key, _ in txn.scan(tables.MEMBERS, channel)]


def add_member(txn: Transaction, channel: int, user: int, member: Member) -> None:
    """Begin a membership."""
    txn.put(tables.MEMBERS, channel, user, value=member)
    txn.put(tables.MEMBERSHIPS, user, channel)
    place_name(txn, channel, user)
    if txn.require(tables.USERS, user).is_bot:
        txn.put(tables.CHANNEL_BOTS, channel, user)
    if member.is_operator:
        txn.put(tables.OPERATORS, channel, user)


def remove_member(txn: Transaction, channel: int, user: int, sequence: int, *, keeps_operator: bool = False) -> None:
    """End a membership with the event `sequence`; that it was is kept for recovery."""
    member = txn.require(tables.MEMBERS, channel, user)
    txn.delete(tables.MEMBERS, channel, user)
    txn.delete(tables.MEMBERSHIPS, user, channel)
    remove_name(txn, channel, user)
    txn.delete(tables.CHANNEL_BOTS, channel, user)
    if not keeps_operator:
        txn.delete(tables.OPERATORS, channel, user)
    txn.delete(tables.OWN_SETTINGS, user, channel)
    txn.put(tables.TENURES, user, sequence, channel, value=member.since)


def set_operator(txn: Transaction, channel: int, user: int, *, is_operator: bool) -> None:
    """Make a member an operator, or take that from a user, member or not."""
    if is_operator:
        txn.put(tables.OPERATORS, channel, user)
    else:
        txn.delete(tables.OPERATORS, channel, user)
    member = txn.get(tables.MEMBERS, channel, user)
    if member is not None and member.is_operator != is_operator:
        txn.put(tables.MEMBERS, channel, user, value=replace(member, is_operator=is_operator))


def mark_read(txn: Transaction, channel: int, user: int, ordinal: int, read_at: int) -> None:
    """Move a member's read mark, never back. In an open channel nobody has one."""
    member = txn.get(tables.MEMBERS, channel, user)
    if member is None:
        return
    value = Member(
        member.since,
        member.joined_at,
        max(ordinal, member.read_ordinal),
        max(read_at, member.read_at),
        member.is_operator,
        member.muted_until,
        member.receipt_at,
        member.delivered_at,
    )
    txn.put(tables.MEMBERS, channel, user, value=value)
