"""Inviting users to a channel, and what they answer."""

from __future__ import annotations

import msgspec

from chatd.domain import shapes
from chatd.domain.channels.access import check_permitted, is_operator, known_channel, member_channel
from chatd.domain.channels.admission import admit, ask, belongs, end_invitations, sort_out
from chatd.domain.channels.channels import whole
from chatd.domain.channels.hiding import HiddenStatuses, hide_as_said
from chatd.domain.channels.memberships import invited_channels
from chatd.domain.channels.named_users import NamedUsers, Statuses, required
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import ChannelUrl, OptionalUserId, UserIds
from chatd.domain.moderation.blocks import check_inviting
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import ACQUAINTED, MEMBERS, Role
from chatd.domain.users.people import acting_user, active_user, find_user
from chatd.errors import Forbidden, NotFound
from chatd.model import Actor
from chatd.store import tables
from chatd.store.transaction import Transaction


class Invite(Input, frozen=True):
    """Users to bring into a channel. Who prefers to decide is asked, and who is to be by `invitation_status`.

    A backend can have users join in spite of what they prefer (`joined`).
    """

    channel_url: ChannelUrl
    user_ids: UserIds = ()
    users: NamedUsers = ()
    inviter_id: OptionalUserId = ""
    invitation_status: Statuses = msgspec.field(default_factory=dict)
    hidden_status: HiddenStatuses = msgspec.field(default_factory=dict)


class Answer(Input, frozen=True):
    """The channel to which the caller is invited, or the user whom a backend names."""

    channel_url: ChannelUrl
    user_id: OptionalUserId = ""


@command(
    "channels.invite",
    Right.BOTH,
    Kind.WRITE,
    people=("members",),
    roles=MEMBERS,
    example={"channel_url": "garden", "user_ids": ["stranger"]},
    result=shapes.GroupChannel,
)
def invite(txn: Transaction, actor: Actor, input: Invite) -> Resource:
    """Bring users into a channel; who is a member or invited stays so. Into an exclusive one only operators do."""
    channel = member_channel(txn, actor, input.channel_url)
    if channel.is_exclusive and actor.user is not None and not is_operator(txn, channel, actor.user):
        raise Forbidden("Only operators bring users into this channel.")
    check_permitted(txn, actor.user or 0, channel, "invite")
    inviter = actor.user or (find_user(txn, input.inviter_id).number if input.inviter_id else 0)
    ids = required(input.user_ids, input.users)
    users = tuple(dict.fromkeys(active_user(txn, user_id).number for user_id in ids))
    check_inviting(txn, inviter, (user for user in users if not belongs(txn, channel.number, user)))
    found = sort_out(txn, actor, users, input.invitation_status)
    admit(txn, channel, found.joining, inviter)
    ask(txn, channel, found.invitees, inviter)
    hide_as_said(txn, actor, channel.number, input.hidden_status)
    return whole(txn, txn.require(tables.CHANNELS, channel.number))


@command(
    "channels.accept",
    Right.BOTH,
    Kind.WRITE,
    people=("members",),
    roles=ACQUAINTED,
    example={"channel_url": "garden"},
    result=shapes.GroupChannel,
)
def accept(txn: Transaction, actor: Actor, input: Answer) -> Resource:
    """Become a member of a channel by an invitation; who is a member stays so. NotFound when there is none."""
    channel = known_channel(txn, actor, input.channel_url)
    user = acting_user(txn, actor, input.user_id).number
    if txn.get(tables.MEMBERS, channel.number, user) is None:
        invitation = txn.get(tables.INVITATIONS, channel.number, user)
        if invitation is None:
            raise NotFound("Invitation")
        admit(txn, channel, (user,), invitation.inviter)
    return whole(txn, txn.require(tables.CHANNELS, channel.number))


@command(
    "channels.decline",
    Right.BOTH,
    Kind.WRITE,
    roles=frozenset({Role.INVITED}),
    example={"channel_url": "garden", "user_id": "invited"},
    result=shapes.Empty,
)
def decline(txn: Transaction, actor: Actor, input: Answer) -> shapes.Empty:
    """Do not become a member of a channel. NotFound when there is no invitation."""
    channel = known_channel(txn, actor, input.channel_url)
    user = acting_user(txn, actor, input.user_id).number
    if txn.get(tables.INVITATIONS, channel.number, user) is None:
        raise NotFound("Invitation")
    end_invitations(txn, channel, (user,), "declined")
    return {}


def decline_all(txn: Transaction, user: int, limit: int) -> None:
    """End up to `limit` invitations of a user."""
    for number in invited_channels(txn, user)[:limit]:
        end_invitations(txn, txn.require(tables.CHANNELS, number), (user,), "declined")
