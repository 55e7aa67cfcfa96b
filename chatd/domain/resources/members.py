"""Members of channels, as they look from outside."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from chatd.domain.channels.access import operates_as, operators_of
from chatd.domain.moderation.sanctions import member_mute_of, mute_of
from chatd.domain.resources.resource import Resource
from chatd.domain.resources.users import basic_user
from chatd.model import Channel, Invitation, Member, Sanction, User
from chatd.store import tables
from chatd.store.transaction import Transaction

# A channel speaks of so many members itself; the rest is listed in pages.
MAX_SHOWN: Final = 100


def member_resource(
    txn: Transaction,
    channel: Channel,
    user: User,
    member: Member,
    *,
    show_read: bool = False,
    show_delivery: bool = False,
) -> Resource:
    """A user as a member of a channel, without presence."""
    resource = basic_user(user)
    resource |= {
        "state": "joined",
        "role": "operator" if operates_as(txn, channel, user.number, member) else "",
        "joined_ts": member.joined_at,
        **_mute(member_mute_of(txn, channel, user.number, member)),
    }
    if show_read:
        resource["read_ts"] = member.was_read_at
    if show_delivery:
        resource["delivered_ts"] = member.was_delivered_at
    return resource


def invited_resource(txn: Transaction, channel: Channel, user: User, invitation: Invitation) -> Resource:
    """A user who is invited to a channel, as one of its members."""
    resource = basic_user(user)
    resource |= {
        "state": "invited",
        "role": "",
        "joined_ts": 0,
        "invited_at": invitation.invited_at,
        **_mute(mute_of(txn, channel, user.number)),
    }
    return resource


def _mute(sanction: Sanction | None) -> Resource:
    if sanction is None:
        return {"is_muted": False, "muted_end_at": -1, "muted_description": ""}
    return {"is_muted": True, "muted_end_at": sanction.until, "muted_description": sanction.reason}


def members_resource(
    txn: Transaction, channel: int, *, show_read: bool = False, show_delivery: bool = False
) -> list[Resource]:
    """The first members of a channel, in the order in which they came to the application, then who is invited.

    Of a super channel none.
    """
    found = txn.require(tables.CHANNELS, channel)
    members = [
        member_resource(
            txn,
            found,
            txn.require(tables.USERS, user),
            member,
            show_read=show_read,
            show_delivery=show_delivery,
        )
        for user, member in first_members(txn, channel)
    ]
    if not found.is_super:
        for (_, user), invitation in islice(txn.scan(tables.INVITATIONS, channel), MAX_SHOWN - len(members)):
            members.append(invited_resource(txn, found, txn.require(tables.USERS, user), invitation))
    return members


def first_members(txn: Transaction, channel: int) -> Iterator[tuple[int, Member]]:
    """The members of whom a channel speaks itself: up to `MAX_SHOWN`, and none when it is a super channel."""
    if not txn.require(tables.CHANNELS, channel).is_super:
        for (_, user), member in islice(txn.scan(tables.MEMBERS, channel), MAX_SHOWN):
            yield user, member


def operators_resource(txn: Transaction, channel: int) -> list[Resource]:
    """The operators of a channel."""
    return [basic_user(txn.require(tables.USERS, user)) for user in operators_of(txn, channel)]
