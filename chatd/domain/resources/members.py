"""Members of channels, as they look from outside."""

from __future__ import annotations

from chatd.domain.resources.resource import Resource
from chatd.domain.resources.users import basic_user
from chatd.model import Member, User
from chatd.store import tables
from chatd.store.transaction import Transaction


def member_resource(user: User, member: Member, *, show_read_receipt: bool = False) -> Resource:
    """A user as a member of a channel, without presence."""
    resource = basic_user(user)
    resource |= {
        "state": "joined",
        "role": "operator" if member.is_operator else "",
        "joined_ts": member.joined_at,
        "is_muted": False,
        "muted_end_at": -1,
        "muted_description": "",
    }
    if show_read_receipt:
        resource["read_ts"] = member.read_at
    return resource


def members_resource(txn: Transaction, channel: int, *, show_read_receipt: bool = False) -> list[Resource]:
    """All members of a channel, in the order in which they came to the application."""
    return [
        member_resource(txn.require(tables.USERS, key[1]), member, show_read_receipt=show_read_receipt)
        for key, member in txn.scan(tables.MEMBERS, channel)
    ]


def operators_resource(txn: Transaction, channel: int) -> list[Resource]:
    """The operators of a channel."""
    return [
        basic_user(txn.require(tables.USERS, key[1]))
        for key, member in txn.scan(tables.MEMBERS, channel)
        if member.is_operator
    ]
