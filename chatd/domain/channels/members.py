"""Members of a channel: invite, join, leave, list."""

from __future__ import annotations

from typing import Any

from chatd import events
from chatd.domain import shapes
from chatd.domain.channels.access import find_channel, is_operator, member_channel, visible_group
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import ChannelUrl, OptionalUserId, PageLimit, PageToken, UserId, UserIds
from chatd.domain.paging import Page
from chatd.domain.resources.channels import channel_resource
from chatd.domain.resources.members import member_resource, members_resource, operators_resource
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import MEMBERS
from chatd.domain.stream import emit
from chatd.domain.users.people import acting_user, active_user, find_user
from chatd.errors import Forbidden, InvalidValue, MissingParameter, TooManyItems
from chatd.model import Actor, Channel, Member, User
from chatd.store import tables
from chatd.store.transaction import Transaction


class Invite(Input, frozen=True):
    """Users to make members of a channel."""

    channel_url: ChannelUrl
    user_ids: UserIds = ()
    users: tuple[dict[str, Any], ...] = ()
    inviter_id: OptionalUserId = ""


class Join(Input, frozen=True):
    """A public channel to join."""

    channel_url: ChannelUrl
    user_id: OptionalUserId = ""


class Leave(Input, frozen=True):
    """Users who cease to be members: a client itself, or the users whom a backend or an operator names."""

    channel_url: ChannelUrl
    user_ids: UserIds | None = None
    should_leave_all: bool = False


class LeaveAll(Input, frozen=True):
    """The user who leaves all channels."""

    user_id: OptionalUserId = ""


class List(Input, frozen=True):
    """A page of members."""

    channel_url: ChannelUrl
    token: PageToken = ""
    limit: PageLimit = 10
    order: str = "member_nickname_alphabetical"
    operator_filter: str = "all"
    nickname_startswith: str = ""
    show_read_receipt: bool = False


class View(Input, frozen=True):
    """A user who may be a member."""

    channel_url: ChannelUrl
    user_id: UserId


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
    """Make users members at once; who is one already stays so."""
    channel = member_channel(txn, actor, input.channel_url)
    inviter = actor.user or (find_user(txn, input.inviter_id).number if input.inviter_id else 0)
    named = [*input.user_ids, *(str(user.get("user_id", "")) for user in input.users)]
    if not named:
        raise MissingParameter("user_ids")
    if len(named) > 100:
        raise TooManyItems('"user_ids" must have no more than 100 items.')
    users = dict.fromkeys(active_user(txn, user_id).number for user_id in named)
    _add(txn, channel, tuple(users), inviter)
    return _channel_with_members(txn, input.channel_url)


@command(
    "channels.join",
    Right.BOTH,
    Kind.WRITE,
    people=("members",),
    example={"channel_url": "square"},
    result=shapes.GroupChannel,
)
def join(txn: Transaction, actor: Actor, input: Join) -> Resource:
    """Become a member of a public channel."""
    user = acting_user(txn, actor, input.user_id)
    channel = visible_group(txn, actor, input.channel_url)
    if not channel.is_public:
        raise Forbidden("The channel is not public: members are invited.")
    _add(txn, channel, (user.number,), 0)
    return _channel_with_members(txn, input.channel_url)


@command(
    "channels.leave",
    Right.BOTH,
    Kind.WRITE,
    roles=MEMBERS,
    example={"channel_url": "garden"},
    result=shapes.Empty,
)
def leave(txn: Transaction, actor: Actor, input: Leave) -> Resource:
    """End memberships; those who are no members are passed over."""
    channel = member_channel(txn, actor, input.channel_url)
    users = _leaving(txn, actor, channel, input)
    present = tuple(user for user in users if txn.get(tables.MEMBERS, channel.number, user))
    if present:
        reason = "left" if present == (actor.user,) or actor.user is None else "removed"
        emit(txn, events.MemberLeft(channel.number, present, reason))
    return {}


@command("channels.leave_all", Right.BOTH, Kind.WRITE, example={}, result=shapes.Empty)
def leave_all(txn: Transaction, actor: Actor, input: LeaveAll) -> Resource:
    """Leave all channels."""
    leave_every_channel(txn, acting_user(txn, actor, input.user_id).number, "left")
    return {}


@command(
    "members.list",
    Right.BOTH,
    Kind.SCAN,
    people=("members",),
    roles=MEMBERS,
    example={"channel_url": "garden", "order": "operator_then_member_alphabetical", "limit": 20},
    result=shapes.Members,
)
def list_members(txn: Transaction, actor: Actor, input: List) -> Resource:
    """Members by nickname, or operators first and then by nickname."""
    channel = visible_group(txn, actor, input.channel_url)
    page = Page(input.token, input.limit, (int, str, int))
    for key, user, member in sorted(_matching(txn, channel.number, input), key=lambda found: found[0]):
        if page.start is not None and key < page.start:
            continue
        if not page.add(key, member_resource(user, member, show_read_receipt=input.show_read_receipt)):
            break
    return {"members": page.items, "next": page.next}


@command(
    "members.view",
    Right.BOTH,
    Kind.READ,
    roles=MEMBERS,
    example={"channel_url": "garden", "user_id": "member"},
    result=shapes.Membership,
)
def view_member(txn: Transaction, actor: Actor, input: View) -> Resource:
    """Whether a user is a member."""
    channel = visible_group(txn, actor, input.channel_url)
    user = find_user(txn, input.user_id)
    is_member = txn.get(tables.MEMBERS, channel.number, user.number) is not None
    return {"is_member": is_member, "state": "joined" if is_member else "none"}


def leave_every_channel(txn: Transaction, user: int, reason: str) -> None:
    """End all memberships of a user."""
    for (_, channel), _ in list(txn.scan(tables.MEMBERSHIPS, user)):
        emit(txn, events.MemberLeft(channel, (user,), reason))


def _add(txn: Transaction, channel: Channel, users: tuple[int, ...], inviter: int) -> None:
    new = tuple(user for user in users if txn.get(tables.MEMBERS, channel.number, user) is None)
    if new:
        emit(txn, events.MemberJoined(channel.number, new, inviter))


def _leaving(txn: Transaction, actor: Actor, channel: Channel, input: Leave) -> tuple[int, ...]:
    if input.should_leave_all:
        if actor.user is not None:
            raise Forbidden("Only a backend may make all members leave.")
        return tuple(key[1] for key, _ in txn.scan(tables.MEMBERS, channel.number))
    if input.user_ids is None:
        if actor.user is None:
            raise MissingParameter("user_ids")
        return (actor.user,)
    users = tuple(dict.fromkeys(find_user(txn, user_id).number for user_id in input.user_ids))
    if actor.user is not None and users != (actor.user,) and not is_operator(txn, channel.number, actor.user):
        raise Forbidden("Only operators of the channel may remove others.")
    return users


def _matching(txn: Transaction, channel: int, input: List) -> list[tuple[tuple[int, str, int], User, Member]]:
    """Members that pass the filters, each with its place in the order."""
    if input.order not in ("member_nickname_alphabetical", "operator_then_member_alphabetical"):
        raise InvalidValue('"order" has an invalid value.')
    if input.operator_filter not in ("all", "operator", "nonoperator"):
        raise InvalidValue('"operator_filter" has an invalid value.')
    prefix = input.nickname_startswith.casefold()
    operators_first = input.order == "operator_then_member_alphabetical"
    found = []
    for (_, number), member in txn.scan(tables.MEMBERS, channel):
        user = txn.require(tables.USERS, number)
        if not user.nickname.casefold().startswith(prefix):
            continue
        if input.operator_filter != "all" and member.is_operator != (input.operator_filter == "operator"):
            continue
        rank = 1 if operators_first and not member.is_operator else 0
        found.append(((rank, user.nickname.casefold(), number), user, member))
    return found


def _channel_with_members(txn: Transaction, channel_url: str) -> Resource:
    channel = find_channel(txn, channel_url)
    resource = channel_resource(txn, channel, txn.require(tables.CHANNEL_STATES, channel.number))
    resource["members"] = members_resource(txn, channel.number)
    resource["operators"] = operators_resource(txn, channel.number)
    return resource
