"""Lists of channels: those of one user, and for backends all of an application."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import itemgetter
from typing import Annotated, Literal

from msgspec import Meta

from chatd.domain import shapes
from chatd.domain.channels.memberships import channels_of
from chatd.domain.channels.named_users import known
from chatd.domain.channels.unread import unread_in
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import (
    ChannelName,
    ChannelUrl,
    CustomType,
    Milliseconds,
    OptionalUserId,
    PageLimit,
    PageToken,
    UserId,
)
from chatd.domain.fold.memberships import members_of
from chatd.domain.paging import Page
from chatd.domain.resources.channels import channel_resource, own_channel_resource
from chatd.domain.resources.members import members_resource
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import NOBODY
from chatd.domain.users.people import acting_user
from chatd.model import Actor, Channel
from chatd.store import tables
from chatd.store.transaction import Transaction

Order = Literal["chronological", "latest_last_message", "channel_name_alphabetical"]
Key = tuple[str, int, int]


class Filters(Input, frozen=True):
    """A page of channels; filters combine."""

    token: PageToken = ""
    limit: PageLimit = 10
    order: Order = "chronological"
    show_empty: bool = False
    show_member: bool = False
    show_read_receipt: bool = False
    distinct_mode: Literal["all", "distinct", "nondistinct"] = "all"
    public_mode: Literal["all", "public", "private"] = "all"
    channel_urls: Annotated[tuple[ChannelUrl, ...], Meta(max_length=200)] | None = None
    custom_types: Annotated[tuple[CustomType, ...], Meta(max_length=100)] | None = None
    custom_type_startswith: CustomType | None = None
    name: ChannelName | None = None
    name_contains: ChannelName | None = None
    name_startswith: ChannelName | None = None
    created_after: Milliseconds | None = None
    created_before: Milliseconds | None = None
    members_exactly_in: Annotated[tuple[UserId, ...], Meta(max_length=100)] | None = None
    members_include_in: Annotated[tuple[UserId, ...], Meta(max_length=60)] | None = None
    query_type: Literal["AND", "OR"] = "AND"


class Own(Filters, frozen=True):
    """A page of one user's channels."""

    user_id: OptionalUserId = ""
    unread_filter: Literal["all", "unread_message"] = "all"


class Found:
    """A channel that may be listed. What nobody asks for is not read: many are looked at, few shown."""

    __slots__ = ("_channel", "_txn", "number", "state")

    def __init__(self, txn: Transaction, number: int) -> None:
        self._txn = txn
        self._channel: Channel | None = None
        self.number = number
        self.state = txn.require(tables.CHANNEL_STATES, number)

    @property
    def channel(self) -> Channel:
        """Its record."""
        if self._channel is None:
            self._channel = self._txn.require(tables.CHANNELS, self.number)
        return self._channel

    def key(self, order: Order) -> Key:
        """Where it stands in an order; the number makes it unique. Newest first, names ascending."""
        if order == "channel_name_alphabetical":
            return self.channel.name.casefold(), 0, self.number
        if order == "latest_last_message":
            return "", -(self.state.last_message_at or self.channel.created_at), -self.number
        return "", -self.channel.created_at, -self.number


Test = Callable[[Found], bool]


@command(
    "channels.list",
    Right.BOTH,
    Kind.READ,
    people=("channels", "members"),
    example={"order": "latest_last_message", "show_member": True, "limit": 20},
    result=shapes.GroupChannels,
)
def list_own(txn: Transaction, actor: Actor, input: Own) -> Resource:
    """The channels of the caller, or of the user whom a backend names."""
    user = acting_user(txn, actor, input.user_id).number
    tests = _tests(txn, input)
    if input.unread_filter == "unread_message":
        tests.append(lambda found: unread_in(txn, found.number, user) > 0)
    return _page(txn, input, (Found(txn, number) for number in channels_of(txn, user)), tests, user)


@command(
    "channels.list_all",
    Right.BACKEND,
    Kind.SCAN,
    people=("channels", "members"),
    roles=NOBODY,
    example={"public_mode": "private", "show_empty": True},
    result=shapes.GroupChannels,
)
def list_all(txn: Transaction, actor: Actor, input: Filters) -> Resource:
    """All channels of the application."""
    found = (Found(txn, key[0]) for key, channel in txn.scan(tables.CHANNELS) if not channel.is_open)
    return _page(txn, input, found, _tests(txn, input), None)


def _page(txn: Transaction, input: Filters, found: Iterator[Found], tests: list[Test], user: int | None) -> Resource:
    page = Page(input.token, input.limit, (str, int, int))
    matching = ((each.key(input.order), each) for each in found if all(test(each) for test in tests))
    for key, each in sorted(matching, key=itemgetter(0)):
        if page.start is not None and key < page.start:
            continue
        if not page.add(key, each):
            break
    channels = [_resource(txn, input, each, user) for each in page.items]
    return {"channels": channels, "next": page.next, "ts": txn.now}


def _resource(txn: Transaction, input: Filters, found: Found, user: int | None) -> Resource:
    if user is None:
        resource = channel_resource(txn, found.channel, found.state)
    else:
        member = txn.require(tables.MEMBERS, found.number, user)
        resource = own_channel_resource(txn, found.channel, found.state, member)
    if input.show_member:
        resource["members"] = members_resource(txn, found.number, show_read_receipt=input.show_read_receipt)
    return resource


def _tests(txn: Transaction, input: Filters) -> list[Test]:
    """What a channel must pass, the cheapest first; most lists have one or two."""
    urls, after, before = input.channel_urls, input.created_after, input.created_before
    checks: tuple[tuple[bool, Test], ...] = (
        (not input.show_empty, lambda found: found.state.message_count > 0),
        (input.distinct_mode != "all", lambda found: found.channel.is_distinct == (input.distinct_mode == "distinct")),
        (input.public_mode != "all", lambda found: found.channel.is_public == (input.public_mode == "public")),
        (urls is not None, lambda found: found.channel.channel_url in (urls or ())),
        (after is not None, lambda found: found.channel.created_at > (after or 0)),
        (before is not None, lambda found: found.channel.created_at < (before or 0)),
    )
    return [test for wanted, test in (*checks, *_text_tests(input), *_member_tests(txn, input)) if wanted]


def _text_tests(input: Filters) -> tuple[tuple[bool, Test], ...]:
    types, type_start, name = input.custom_types, input.custom_type_startswith, input.name
    part, start = (input.name_contains or "").casefold(), (input.name_startswith or "").casefold()
    return (
        (types is not None, lambda found: found.channel.custom_type in (types or ())),
        (type_start is not None, lambda found: found.channel.custom_type.startswith(type_start or "")),
        (name is not None, lambda found: found.channel.name == name),
        (input.name_contains is not None, lambda found: part in found.channel.name.casefold()),
        (input.name_startswith is not None, lambda found: found.channel.name.casefold().startswith(start)),
    )


def _member_tests(txn: Transaction, input: Filters) -> tuple[tuple[bool, Test], ...]:
    exactly, included = (
        [known(txn, user_id, False) for user_id in user_ids or ()]
        for user_ids in (input.members_exactly_in, input.members_include_in)
    )
    enough = all if input.query_type == "AND" else any
    return (
        (input.members_exactly_in is not None, lambda found: set(exactly) == set(members_of(txn, found.number))),
        (
            input.members_include_in is not None,
            lambda found: enough(txn.get(tables.MEMBERS, found.number, user) is not None for user in included),
        ),
    )
