"""Leaving channels, and being removed from them."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from chatd import events
from chatd.domain import shapes
from chatd.domain.channels.access import is_operator, member_channel
from chatd.domain.channels.admission import MAX_MEMBERS, end_invitations
from chatd.domain.channels.inviting import decline_all
from chatd.domain.channels.memberships import channels_of, invited_channels
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import ChannelUrl, CustomType, OptionalUserId, UserIds
from chatd.domain.messages.auto_messages import say
from chatd.domain.moderation.audit import About, note_act
from chatd.domain.roles import MEMBERS
from chatd.domain.stream import emit
from chatd.domain.users.people import acting_user, find_user
from chatd.errors import Forbidden, InvalidValue, MissingParameter, TooManyItems
from chatd.model import Actor, Channel
from chatd.store import tables
from chatd.store.transaction import Transaction

# What a backend calls the reasons, and what members are told. Case makes no difference.
REASONS: Final = MappingProxyType(
    {
        "": "left",
        "left_by_own_choice": "left",
        "channel_operator_removed": "removed",
        "admin_removed": "removed_by_admin",
        "admin_deleted": "deleted",
        "admin_deactivated": "deactivated",
    }
)


class Leave(Input, frozen=True):
    """Users who cease to be members: a client itself, or the users whom a backend or an operator names.

    Invitations of named users are canceled. Who leaves by choice and comes back is an operator again, unless
    `should_remove_operator_status`. `reason` is for backends.
    """

    channel_url: ChannelUrl
    user_ids: UserIds | None = None
    should_leave_all: bool = False
    should_remove_operator_status: bool = False
    reason: str = ""


class LeaveAll(Input, frozen=True):
    """The user who leaves all channels, or those of a custom type."""

    user_id: OptionalUserId = ""
    custom_type: CustomType | None = None


@command(
    "channels.leave", Right.BOTH, Kind.WRITE, roles=MEMBERS, example={"channel_url": "garden"}, result=shapes.Empty
)
def leave(txn: Transaction, actor: Actor, input: Leave) -> shapes.Empty:
    """End memberships; those who are no members are passed over."""
    channel = member_channel(txn, actor, input.channel_url)
    users = _leaving(txn, actor, channel, input)
    reason = _reason(actor, input, users)
    present = tuple(user for user in users if txn.get(tables.MEMBERS, channel.number, user))
    if present:
        keeps_operators = reason == "left" and not input.should_remove_operator_status
        emit(txn, events.MemberLeft(channel.number, present, reason, keeps_operators))
        say(txn, channel.number, "user_leave", present)
        _note_removal(txn, actor, channel, present, reason)
    invited = tuple(user for user in users if txn.get(tables.INVITATIONS, channel.number, user))
    if invited:
        end_invitations(txn, channel, invited, "canceled")
    return {}


@command("channels.leave_all", Right.BOTH, Kind.WRITE, example={}, result=shapes.Empty)
def leave_all(txn: Transaction, actor: Actor, input: LeaveAll) -> shapes.Empty:
    """Leave all channels, or those of a custom type."""
    user = acting_user(txn, actor, input.user_id).number
    for channel in channels_of(txn, user):
        if input.custom_type in (None, txn.require(tables.CHANNELS, channel).custom_type):
            emit(txn, events.MemberLeft(channel, (user,), "left", True))
            say(txn, channel, "user_leave", (user,))
    return {}


def leave_every_channel(txn: Transaction, user: int, reason: str) -> None:
    """End all memberships and invitations of a user."""
    for channel in channels_of(txn, user):
        emit(txn, events.MemberLeft(channel, (user,), reason))
    decline_all(txn, user, len(invited_channels(txn, user)))


def _note_removal(txn: Transaction, actor: Actor, channel: Channel, users: tuple[int, ...], reason: str) -> None:
    """Write that members were removed, unless they left by their own choice."""
    if reason != "left":
        for user in users:
            note_act(txn, actor, "member.removed", channel, About(user, detail=reason))


def _leaving(txn: Transaction, actor: Actor, channel: Channel, input: Leave) -> tuple[int, ...]:
    if input.should_leave_all:
        return _everybody(txn, actor, channel)
    if input.user_ids is None:
        if actor.user is None:
            raise MissingParameter("user_ids")
        return (actor.user,)
    users = tuple(dict.fromkeys(find_user(txn, user_id).number for user_id in input.user_ids))
    if actor.user is not None and users != (actor.user,) and not is_operator(txn, channel, actor.user):
        raise Forbidden("Only operators of the channel may remove others.")
    return users


def _everybody(txn: Transaction, actor: Actor, channel: Channel) -> tuple[int, ...]:
    if actor.user is not None:
        raise Forbidden("Only a backend may make all members leave.")
    if txn.require(tables.CHANNEL_STATES, channel.number).member_count > MAX_MEMBERS:
        raise TooManyItems(f"No more than {MAX_MEMBERS} members leave at once: name them, or delete the channel.")
    return tuple(key[1] for key, _ in txn.scan(tables.MEMBERS, channel.number))


def _reason(actor: Actor, input: Leave, users: tuple[int, ...]) -> str:
    if actor.user is not None:
        return "left" if users == (actor.user,) else "removed"
    reason = REASONS.get(input.reason.lower())
    if reason is None:
        raise InvalidValue('"reason" has an invalid value.')
    return reason
