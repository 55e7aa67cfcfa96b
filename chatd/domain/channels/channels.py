"""Group channels: create, view, change, delete."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from chatd import events, ids
from chatd.domain import shapes
from chatd.domain.channels.access import editable_channel, operated_channel, visible_channel
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import (
    ChannelName,
    ChannelUrl,
    CustomType,
    Data,
    Lasting,
    NewChannelUrl,
    OptionalUserId,
    ReqId,
    Url,
    UserIds,
)
from chatd.domain.fold.distinct import distinct_key
from chatd.domain.resources.channels import channel_resource, own_channel_resource
from chatd.domain.resources.members import first_members, members_resource, operators_resource
from chatd.domain.resources.pins import pinned
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import MEMBERS, OPERATORS
from chatd.domain.stream import emit
from chatd.domain.users.people import acting_user, active_user, find_user
from chatd.errors import AlreadyExists, Forbidden, IncompatibleValues, InvalidValue, NotFound, TooManyItems
from chatd.model import Actor, Channel, Retention
from chatd.store import tables
from chatd.store.requests import requested
from chatd.store.transaction import Transaction

MAX_MEMBERS_AT_ONCE = 100


class Create(Input, frozen=True):
    """A new group channel. A client is always one of its members; a backend names them all."""

    user_ids: UserIds = ()
    users: tuple[dict[str, Any], ...] = ()
    name: ChannelName = ""
    channel_url: NewChannelUrl | None = None
    cover_url: Url = ""
    custom_type: CustomType = ""
    data: Data = ""
    is_distinct: bool = False
    is_public: bool = False
    operator_ids: UserIds = ()
    inviter_id: OptionalUserId = ""
    strict: bool = False
    req_id: ReqId = ""


class View(Input, frozen=True):
    """The channel to look at; with `user_id` a backend sees it as that member does."""

    channel_url: ChannelUrl
    show_member: bool = False
    show_read_receipt: bool = False
    user_id: OptionalUserId = ""


class Update(Input, frozen=True):
    """What is to change about a channel; what is absent stays.

    For backends, how long messages are kept, in seconds, and how many of them: -1 for ever and for all, 0 as the
    application has it.
    """

    channel_url: ChannelUrl
    name: ChannelName | None = None
    cover_url: Url | None = None
    custom_type: CustomType | None = None
    data: Data | None = None
    is_public: bool | None = None
    message_survival_seconds: Lasting | None = None
    message_survival_count: Lasting | None = None


class Delete(Input, frozen=True):
    """The channel to delete, with its messages."""

    channel_url: ChannelUrl


@command(
    "channels.create",
    Right.BOTH,
    Kind.WRITE,
    people=("members",),
    example={"user_ids": ["member", "operator"], "name": "Greenhouse", "is_distinct": True, "req_id": "c-1"},
    result=shapes.GroupChannel,
)
def create(txn: Transaction, actor: Actor, input: Create) -> Resource:
    """Make a channel; a distinct one is made once for a set of members and then found again."""
    if input.is_distinct and input.is_public:
        raise IncompatibleValues('"is_distinct" and "is_public" exclude each other.')
    retried = _retried(txn, actor, input)
    if retried is not None:
        return _whole(txn, retried, is_created=False)
    members = _first_members(txn, actor, input)
    if input.is_distinct:
        number = txn.get(tables.DISTINCT_CHANNELS, distinct_key(members))
        if number is not None:
            return _whole(txn, txn.require(tables.CHANNELS, number), is_created=False)
    operators = _first_operators(txn, actor, input, members)
    channel = _new_channel(txn, actor, input)
    emit(txn, events.ChannelCreated(channel, members, operators, input.req_id if actor.user else ""))
    return _whole(txn, txn.require(tables.CHANNELS, txn.head.sequence), is_created=True)


@command(
    "channels.view",
    Right.BOTH,
    Kind.READ,
    people=("members",),
    roles=MEMBERS,
    example={"channel_url": "garden", "show_member": True},
    result=shapes.GroupChannel,
)
def view(txn: Transaction, actor: Actor, input: View) -> Resource:
    """One channel, as everybody or as one of its members sees it."""
    channel = visible_channel(txn, actor, input.channel_url)
    resource = as_seen_by(txn, actor, channel, input.user_id)
    if input.show_member:
        resource["members"] = members_resource(txn, channel.number, show_read_receipt=input.show_read_receipt)
    if input.show_read_receipt:
        resource["read_receipt"] = _read_receipt(txn, channel.number)
    resource["operators"] = operators_resource(txn, channel.number)
    return resource | pinned(txn, channel)


@command(
    "channels.update",
    Right.BOTH,
    Kind.WRITE,
    people=("members",),
    roles=OPERATORS,
    example={"channel_url": "garden", "name": "Rose garden"},
    result=shapes.GroupChannel,
)
def update(txn: Transaction, actor: Actor, input: Update) -> Resource:
    """Change a channel's settings."""
    channel = editable_channel(txn, actor, input.channel_url)
    names = ("name", "cover_url", "custom_type", "data", "is_public")
    changes = {name: getattr(input, name) for name in names if getattr(input, name) is not None}
    changed = replace(channel, **changes, retention=_retention(actor, channel, input))
    if changed.is_public and changed.is_distinct:
        raise IncompatibleValues("A distinct channel cannot be public.")
    if changed != channel:
        emit(txn, events.ChannelUpdated(changed))
    return _whole(txn, changed, is_created=False)


@command(
    "channels.delete",
    Right.BOTH,
    Kind.WRITE,
    roles=OPERATORS,
    example={"channel_url": "garden"},
    result=shapes.Empty,
)
def delete(txn: Transaction, actor: Actor, input: Delete) -> Resource:
    """Delete a channel and its messages for everyone."""
    channel = operated_channel(txn, actor, input.channel_url)
    emit(txn, events.ChannelDeleted(channel.number, channel.channel_url))
    return {}


def _retention(actor: Actor, channel: Channel, input: Update) -> Retention:
    seconds, count = input.message_survival_seconds, input.message_survival_count
    if actor.user is not None and (seconds, count) != (None, None):
        raise Forbidden("Only a backend may say how long messages are kept.")
    before = channel.retention
    return Retention(before.seconds if seconds is None else seconds, before.count if count is None else count)


def as_seen_by(txn: Transaction, actor: Actor, channel: Channel, user_id: str = "") -> Resource:
    """A channel with the fields of the caller's own membership, or of the user whom a backend names."""
    state = txn.require(tables.CHANNEL_STATES, channel.number)
    user = actor.user if actor.user is not None else find_user(txn, user_id).number if user_id else None
    member = txn.get(tables.MEMBERS, channel.number, user) if user is not None else None
    if member is None:
        return channel_resource(txn, channel, state)
    return own_channel_resource(txn, channel, state, member)


def _retried(txn: Transaction, actor: Actor, input: Create) -> Channel | None:
    """The channel that the same request made before."""
    if actor.user is None or not input.req_id:
        return None
    sequence = requested(txn, actor.user, input.req_id)
    if sequence is None:
        return None
    if not isinstance(txn.require(tables.LOG, sequence).event, events.ChannelCreated):
        raise IncompatibleValues('"req_id" was used for another kind of request.')
    channel = txn.get(tables.CHANNELS, sequence)
    if channel is None:
        raise NotFound("Channel")
    return channel


def _first_members(txn: Transaction, actor: Actor, input: Create) -> tuple[int, ...]:
    named = [*input.user_ids, *(_user_id(user) for user in input.users)]
    if len(named) > MAX_MEMBERS_AT_ONCE:
        raise TooManyItems(f'"user_ids" must have no more than {MAX_MEMBERS_AT_ONCE} items.')
    found = [number for number in (known(txn, user_id, input.strict) for user_id in named) if number]
    if actor.user is not None:
        found.insert(0, acting_user(txn, actor).number)
    return tuple(dict.fromkeys(found))


def known(txn: Transaction, user_id: str, strict: bool) -> int:
    """The number of a user; 0 for an unknown one, which is InvalidValue when `strict`."""
    number = txn.get(tables.USER_IDS, user_id)
    if number is None and strict:
        raise InvalidValue(f'User "{user_id}" does not exist.')
    return number or 0


def _user_id(user: dict[str, Any]) -> str:
    user_id = user.get("user_id")
    if not isinstance(user_id, str) or not 0 < len(user_id) <= 80 or "\0" in user_id:
        raise InvalidValue('Each of "users" must have a "user_id".')
    return user_id


def _first_operators(txn: Transaction, actor: Actor, input: Create, members: tuple[int, ...]) -> tuple[int, ...]:
    """Named operators; who makes a channel that is not distinct operates it too."""
    named = {active_user(txn, user_id).number for user_id in input.operator_ids}
    if not named <= set(members):
        raise InvalidValue('"operator_ids" must be among the members.')
    if actor.user is not None and not input.is_distinct:
        named.add(actor.user)
    return tuple(sorted(named))


def _new_channel(txn: Transaction, actor: Actor, input: Create) -> Channel:
    channel_url = input.channel_url or ids.new_channel_url()
    if txn.get(tables.CHANNEL_URLS, channel_url) is not None:
        raise AlreadyExists('"channel_url" violates unique constraint.')
    creator = actor.user or (find_user(txn, input.inviter_id).number if input.inviter_id else 0)
    return Channel(
        0,
        channel_url,
        input.name,
        input.cover_url,
        input.custom_type,
        input.data,
        0,
        creator,
        input.is_distinct,
        input.is_public,
    )


def _whole(txn: Transaction, channel: Channel, *, is_created: bool) -> Resource:
    """A channel with members and operators, as changes to it answer."""
    resource = channel_resource(txn, channel, txn.require(tables.CHANNEL_STATES, channel.number))
    resource["members"] = members_resource(txn, channel.number)
    resource["operators"] = operators_resource(txn, channel.number)
    resource["is_created"] = is_created
    return resource


def _read_receipt(txn: Transaction, channel: int) -> dict[str, int]:
    return {txn.require(tables.USERS, user).user_id: member.read_at for user, member in first_members(txn, channel)}
