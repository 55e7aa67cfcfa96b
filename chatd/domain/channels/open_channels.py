"""Open channels: create, view, list, change, delete, and who is in them.

Nobody is a member of one: whoever subscribes to its stream is in it until the subscription ends, and that is nothing
the store knows of. Anybody may read and write in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta
from msgspec.structs import replace

from chatd import events, ids
from chatd.domain import live
from chatd.domain.channels.metadata import metadata_of
from chatd.domain.channels.open_access import enterable, find_open, operated_open
from chatd.domain.channels.operators import OperatorIds, replace_operators
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import (
    ChannelName,
    ChannelUrl,
    CustomType,
    Data,
    NewChannelUrl,
    PageLimit,
    PageToken,
    ReqId,
    Url,
    UserIds,
)
from chatd.domain.moderation.audit import About, note_act
from chatd.domain.paging import Page
from chatd.domain.resources.open_channels import open_channel_resource
from chatd.domain.resources.resource import Resource
from chatd.domain.resources.users import basic_users
from chatd.domain.roles import EVERYBODY, OPERATORS
from chatd.domain.shapes import Empty, OpenChannel, OpenChannels, Participants
from chatd.domain.stream import emit
from chatd.domain.users.people import acting_user, active_user
from chatd.errors import AlreadyExists, IncompatibleValues, NotFound
from chatd.model import Actor, Channel
from chatd.store import tables
from chatd.store.requests import requested
from chatd.store.transaction import Transaction


class Create(Input, frozen=True):
    """A new open channel. A client is always one of its operators; a backend names them all."""

    name: ChannelName = "Open Channel"
    channel_url: NewChannelUrl | None = None
    cover_url: Url = ""
    custom_type: CustomType = ""
    data: Data = ""
    operator_ids: UserIds = ()
    req_id: ReqId = ""


class View(Input, frozen=True):
    """The open channel to look at."""

    channel_url: ChannelUrl
    show_metadata: bool = False


class Update(Input, frozen=True):
    """What is to change about an open channel; what is absent stays."""

    channel_url: ChannelUrl
    name: ChannelName | None = None
    cover_url: Url | None = None
    custom_type: CustomType | None = None
    data: Data | None = None
    operator_ids: OperatorIds | None = None


class Freeze(Input, frozen=True):
    """Whether an open channel is to be frozen."""

    channel_url: ChannelUrl
    freeze: bool


class Delete(Input, frozen=True):
    """The open channel to delete, with its messages."""

    channel_url: ChannelUrl


class Filters(Input, frozen=True):
    """A page of open channels; filters combine. Names and URLs are compared without difference of case."""

    token: PageToken = ""
    limit: PageLimit = 10
    channel_urls: Annotated[tuple[ChannelUrl, ...], Meta(max_length=200)] | None = None
    custom_types: Annotated[tuple[CustomType, ...], Meta(max_length=100)] | None = None
    name_contains: ChannelName = ""
    url_contains: Annotated[str, Meta(max_length=100)] = ""
    show_frozen: bool = True
    show_metadata: bool = False


class Inside(Input, frozen=True):
    """A page of the users who are in an open channel now."""

    channel_url: ChannelUrl
    token: PageToken = ""
    limit: PageLimit = 10
    reverse: bool = False


@command(
    "open_channels.create",
    Right.BOTH,
    Kind.WRITE,
    open_channels=(),
    roles=EVERYBODY,
    example={"channel_url": "atrium", "name": "Atrium", "operator_ids": ["owner"], "req_id": "o-1"},
    result=OpenChannel,
)
def create(txn: Transaction, actor: Actor, input: Create) -> Resource:
    """Make an open channel. A repeated `req_id` of the same user returns the channel that it made."""
    creator = 0 if actor.user is None else acting_user(txn, actor).number
    if creator and input.req_id:
        sequence = requested(txn, creator, input.req_id)
        if sequence is not None:
            return open_channel_resource(txn, _made(txn, sequence))
    operators = {active_user(txn, user_id).number for user_id in input.operator_ids} | {creator} - {0}
    channel = _new_channel(txn, creator, input)
    emit(txn, events.ChannelCreated(channel, (), tuple(sorted(operators)), input.req_id if creator else ""))
    return open_channel_resource(txn, txn.require(tables.CHANNELS, txn.head.sequence))


@command(
    "open_channels.view",
    Right.BOTH,
    Kind.READ,
    open_channels=(),
    roles=EVERYBODY,
    example={"channel_url": "hall"},
    result=OpenChannel,
)
def view(txn: Transaction, actor: Actor, input: View) -> Resource:
    """One open channel."""
    return _shown(txn, find_open(txn, input.channel_url), show_metadata=input.show_metadata)


@command(
    "open_channels.update",
    Right.BOTH,
    Kind.WRITE,
    open_channels=(),
    roles=OPERATORS,
    example={"channel_url": "hall", "name": "The great hall"},
    result=OpenChannel,
)
def update(txn: Transaction, actor: Actor, input: Update) -> Resource:
    """Change an open channel: its operators, or a backend."""
    channel = operated_open(txn, actor, input.channel_url)
    names = ("name", "cover_url", "custom_type", "data")
    changed = replace(channel, **{name: getattr(input, name) for name in names if getattr(input, name) is not None})
    if changed != channel:
        emit(txn, events.ChannelUpdated(changed))
    if input.operator_ids is not None:
        replace_operators(txn, actor, changed, input.operator_ids)
    return open_channel_resource(txn, changed)


@command(
    "open_channels.freeze",
    Right.BOTH,
    Kind.WRITE,
    open_channels=(),
    roles=OPERATORS,
    example={"channel_url": "hall", "freeze": True},
    result=OpenChannel,
)
def freeze(txn: Transaction, actor: Actor, input: Freeze) -> Resource:
    """Let only operators write in an open channel, or everybody again."""
    channel = operated_open(txn, actor, input.channel_url)
    if channel.is_frozen != input.freeze:
        emit(txn, events.ChannelFrozen(channel.number, input.freeze))
        note_act(txn, actor, "channel.frozen" if input.freeze else "channel.unfrozen", channel, About())
    return open_channel_resource(txn, txn.require(tables.CHANNELS, channel.number))


@command(
    "open_channels.delete",
    Right.BOTH,
    Kind.WRITE,
    roles=OPERATORS,
    example={"channel_url": "hall"},
    is_idempotent=False,
    result=Empty,
)
def delete(txn: Transaction, actor: Actor, input: Delete) -> Resource:
    """Delete an open channel and its messages: its operators, or a backend. Who is in it leaves."""
    channel = operated_open(txn, actor, input.channel_url)
    emit(txn, events.ChannelDeleted(channel.number, channel.channel_url))
    note_act(txn, actor, "channel.deleted", channel, About())
    return {}


@command(
    "open_channels.list",
    Right.BOTH,
    Kind.SCAN,
    open_channels=("channels",),
    roles=EVERYBODY,
    example={"name_contains": "hall", "limit": 20},
    result=OpenChannels,
)
def list_channels(txn: Transaction, actor: Actor, input: Filters) -> Resource:
    """Open channels, the newest first."""
    page = Page(input.token, input.limit, (int,))
    for channel in _matching(txn, input, page.start):
        if not page.add((channel.number,), _shown(txn, channel, show_metadata=input.show_metadata)):
            break
    return {"channels": page.items, "next": page.next, "ts": txn.now}


@command(
    "open_channels.participants",
    Right.BOTH,
    Kind.LIVE,
    roles=EVERYBODY,
    example={"channel_url": "hall", "limit": 20},
    result=Participants,
)
def participants(txn: Transaction, actor: Actor, input: Inside) -> live.Participants:
    """Users who are in an open channel now, in the order in which they came to the application; `reverse` turns it."""
    channel = enterable(txn, actor, input.channel_url)
    start = Page(input.token, input.limit, (int,)).start
    return live.Participants(channel.number, start[0] if start else None, input.limit, input.reverse)


def participants_page(txn: Transaction, users: list[int], limit: int) -> Resource:
    """Up to `limit` users; a further one begins the next page."""
    page = Page("", limit, (int,))
    for number, user in zip(users, basic_users(txn, users), strict=True):
        page.add((number,), user)
    return {"participants": page.items, "next": page.next}


def _shown(txn: Transaction, channel: Channel, *, show_metadata: bool) -> Resource:
    resource = open_channel_resource(txn, channel)
    if show_metadata:
        resource["metadata"] = metadata_of(txn, channel.number)
    return resource


def _made(txn: Transaction, sequence: int) -> Channel:
    """The open channel that an earlier request made."""
    event = txn.require(tables.LOG, sequence).event
    if not isinstance(event, events.ChannelCreated) or not event.channel.is_open:
        raise IncompatibleValues('"req_id" was used for another kind of request.')
    channel = txn.get(tables.CHANNELS, sequence)
    if channel is None:
        raise NotFound("Channel")
    return channel


def _new_channel(txn: Transaction, creator: int, input: Create) -> Channel:
    channel_url = input.channel_url or ids.new_channel_url()
    if txn.get(tables.CHANNEL_URLS, channel_url) is not None:
        raise AlreadyExists('"channel_url" violates unique constraint.')
    return Channel(0, channel_url, input.name, input.cover_url, input.custom_type, input.data, 0, creator, is_open=True)


def _matching(txn: Transaction, input: Filters, start: tuple[int, ...] | None) -> Iterator[Channel]:
    """Open channels from number `start` down that pass the filters."""
    name, part = input.name_contains.casefold(), input.url_contains.casefold()
    for key, _ in txn.scan(tables.OPEN_CHANNELS, start=start, reverse=True):
        channel = txn.require(tables.CHANNELS, key[0])
        if (
            (input.show_frozen or not channel.is_frozen)
            and (input.channel_urls is None or channel.channel_url in input.channel_urls)
            and (input.custom_types is None or channel.custom_type in input.custom_types)
            and name in channel.name.casefold()
            and part in channel.channel_url.casefold()
        ):
            yield channel
