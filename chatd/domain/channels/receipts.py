"""How far members have read, and what has reached them, as others see it."""

from __future__ import annotations

from chatd.domain.resources.members import first_members
from chatd.domain.resources.resource import Resource
from chatd.model import Member
from chatd.store import tables
from chatd.store.transaction import Transaction


def receipts_of(txn: Transaction, channel: int, *, read: bool, delivered: bool) -> Resource:
    """What a channel says of receipts, those that are asked for: times by user id of its first members."""
    resource: dict[str, dict[str, int]] = {}
    if read:
        resource["read_receipt"] = {}
    if delivered:
        resource["delivery_receipt"] = {}
    for user, member in first_members(txn, channel) if resource else ():
        user_id = txn.require(tables.USERS, user).user_id
        if read:
            resource["read_receipt"][user_id] = member.was_read_at
        if delivered:
            resource["delivery_receipt"][user_id] = member.was_delivered_at
    return resource


def has_read(member: Member, created_at: int) -> bool:
    """Whether a member has read what was sent at a time."""
    return member.was_read_at >= created_at


def has_received(member: Member, created_at: int) -> bool:
    """Whether what was sent at a time has reached a member."""
    return member.was_delivered_at >= created_at
