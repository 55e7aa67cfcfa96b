"""Making group channels."""

from __future__ import annotations

import msgspec

from chatd import events, ids
from chatd.domain import shapes
from chatd.domain.channels.access_codes import AccessCode, hashed
from chatd.domain.channels.admission import Sorted, room, sort_out, tell_invitees
from chatd.domain.channels.channels import whole
from chatd.domain.channels.hiding import HiddenStatuses, hide_as_said
from chatd.domain.channels.kinds import check_kind
from chatd.domain.channels.named_users import NamedUsers, Statuses, known, named
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import ChannelName, CustomType, Data, NewChannelUrl, OptionalUserId, ReqId, Url, UserIds
from chatd.domain.fold.distinct import find_distinct
from chatd.domain.messages.auto_messages import say
from chatd.domain.moderation.blocks import check_inviting
from chatd.domain.moderation.sanctions import check_type_banned
from chatd.domain.resources.resource import Resource
from chatd.domain.stream import emit
from chatd.domain.users.people import acting_user, active_user, find_user
from chatd.errors import AlreadyExists, IncompatibleValues, InvalidValue, NotFound, TooManyItems
from chatd.model import Actor, Channel
from chatd.store import tables
from chatd.store.requests import requested
from chatd.store.transaction import Transaction


class Create(Input, frozen=True):
    """A new group channel. A client is always one of its members; a backend names them all."""

    user_ids: UserIds = ()
    users: NamedUsers = ()
    name: ChannelName = ""
    channel_url: NewChannelUrl | None = None
    cover_url: Url = ""
    custom_type: CustomType = ""
    data: Data = ""
    is_distinct: bool = False
    is_public: bool = False
    is_super: bool = False
    is_broadcast: bool = False
    is_exclusive: bool = False
    is_ephemeral: bool = False
    is_discoverable: bool = True
    access_code: AccessCode = ""
    operator_ids: UserIds = ()
    inviter_id: OptionalUserId = ""
    invitation_status: Statuses = msgspec.field(default_factory=dict)
    hidden_status: HiddenStatuses = msgspec.field(default_factory=dict)
    strict: bool = False
    req_id: ReqId = ""


@command(
    "channels.create",
    Right.BOTH,
    Kind.WRITE,
    people=("members",),
    example={"user_ids": ["member", "operator"], "name": "Greenhouse", "is_distinct": True, "req_id": "c-1"},
    result=shapes.GroupChannel,
)
def create(txn: Transaction, actor: Actor, input: Create) -> Resource:
    """Make a channel; a distinct one is made once for a set of members and a custom type, and then found again."""
    retried = _retried(txn, actor, input)
    if retried is not None:
        return whole(txn, retried)
    users = _first_users(txn, actor, input)
    if input.is_distinct:
        number = find_distinct(txn, users, input.custom_type)
        if number is not None:
            return whole(txn, txn.require(tables.CHANNELS, number))
    channel = _new_channel(txn, actor, input)
    check_kind(channel)
    check_type_banned(txn, channel.custom_type, users)
    check_inviting(txn, channel.created_by, (user for user in users if user != channel.created_by))
    if len(users) > room(is_super=channel.is_super):
        raise TooManyItems(f"A channel has room for {room(is_super=False)} members, unless it is a super channel.")
    operators = _first_operators(txn, actor, input, users)
    members, invitees = _sorted(txn, actor, input, users)
    req_id = input.req_id if actor.user else ""
    emit(txn, events.ChannelCreated(channel, members, operators, req_id, invitees))
    number = txn.head.sequence
    tell_invitees(txn, number, invitees)
    hide_as_said(txn, actor, number, input.hidden_status)
    say(txn, number, "channel_create", members, channel.created_by)
    return whole(txn, txn.require(tables.CHANNELS, number), is_created=True)


def _retried(txn: Transaction, actor: Actor, input: Create) -> Channel | None:
    """The channel that the same request made before."""
    if actor.user is None or not input.req_id:
        return None
    sequence = requested(txn, actor.user, input.req_id)
    if sequence is None:
        return None
    event = txn.require(tables.LOG, sequence).event
    if not isinstance(event, events.ChannelCreated) or event.channel.is_open:
        raise IncompatibleValues('"req_id" was used for another kind of request.')
    channel = txn.get(tables.CHANNELS, sequence)
    if channel is None:
        raise NotFound("Channel")
    return channel


def _first_users(txn: Transaction, actor: Actor, input: Create) -> tuple[int, ...]:
    """Who is to be a member: who makes the channel first."""
    ids = named(input.user_ids, input.users)
    found = [number for number in (known(txn, user_id, input.strict) for user_id in ids) if number]
    if actor.user is not None:
        found.insert(0, acting_user(txn, actor).number)
    return tuple(dict.fromkeys(found))


def _sorted(txn: Transaction, actor: Actor, input: Create, users: tuple[int, ...]) -> Sorted:
    """Who is a member from the beginning, and who is asked. Who makes the channel is not."""
    others = tuple(user for user in users if user != actor.user)
    found = sort_out(txn, actor, others, input.invitation_status)
    joining = set(found.joining) | ({actor.user} if actor.user else set())
    return Sorted(tuple(user for user in users if user in joining), found.invitees)


def _first_operators(txn: Transaction, actor: Actor, input: Create, users: tuple[int, ...]) -> tuple[int, ...]:
    """Named operators; who makes a channel that is not distinct operates it too."""
    named = {active_user(txn, user_id).number for user_id in input.operator_ids}
    if not named <= set(users):
        raise InvalidValue('"operator_ids" must be among the members.')
    if actor.user is not None and not input.is_distinct:
        named.add(actor.user)
    return tuple(sorted(named))


def _new_channel(txn: Transaction, actor: Actor, input: Create) -> Channel:
    channel_url = input.channel_url or ids.new_channel_url()
    if txn.get(tables.CHANNEL_URLS, channel_url) is not None:
        raise AlreadyExists('"channel_url" violates unique constraint.')
    return Channel(
        0,
        channel_url,
        input.name,
        input.cover_url,
        input.custom_type,
        input.data,
        0,
        actor.user or (find_user(txn, input.inviter_id).number if input.inviter_id else 0),
        input.is_distinct,
        input.is_public,
        is_super=input.is_super,
        is_broadcast=input.is_broadcast,
        is_exclusive=input.is_exclusive,
        is_ephemeral=input.is_ephemeral,
        is_discoverable=input.is_discoverable,
        access_code=hashed(input.access_code),
    )
