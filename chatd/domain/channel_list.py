"""Lists of channels: those of one user, and for backends all of an application."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from msgspec import Meta

from chatd.domain.channels import known
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
from chatd.domain.fold import members_of
from chatd.domain.paging import Page
from chatd.domain.people import acting_user
from chatd.domain.resources import Resource, channel_resource, members_resource, own_channel_resource
from chatd.domain.unread import unread
from chatd.model import Actor, Channel, ChannelState, Member
from chatd.store import tables
from chatd.store.transaction import Transaction

Order = Literal["chronological", "latest_last_message", "channel_name_alphabetical"]
Key = tuple[str, int, int]
Found = tuple[Key, Channel, ChannelState, Member | None]


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


@command("channels.list", Right.BOTH, Kind.READ, people=("channels", "members"))
def list_own(txn: Transaction, actor: Actor, input: Own) -> Resource:
    """The channels of the caller, or of the user whom a backend names."""
    user = acting_user(txn, actor, input.user_id).number
    found = (_load(txn, channel, user, input.order) for (_, channel), _ in txn.scan(tables.MEMBERSHIPS, user))
    unread_only = input.unread_filter == "unread_message"
    return _page(txn, input, (each for each in found if not unread_only or _is_unread(each)))


@command("channels.list_all", Right.BACKEND, Kind.SCAN, people=("channels", "members"))
def list_all(txn: Transaction, actor: Actor, input: Filters) -> Resource:
    """All channels of the application."""
    numbers = (key[0] for key, _ in txn.scan(tables.CHANNELS))
    return _page(txn, input, (_load(txn, number, None, input.order) for number in numbers))


def _load(txn: Transaction, number: int, user: int | None, order: Order) -> Found:
    channel = txn.require(tables.CHANNELS, number)
    state = txn.require(tables.CHANNEL_STATES, number)
    member = None if user is None else txn.require(tables.MEMBERS, number, user)
    return _key(channel, state, order), channel, state, member


def _key(channel: Channel, state: ChannelState, order: Order) -> Key:
    """Where a channel stands in an order; the number makes it unique. Newest first, names ascending."""
    if order == "channel_name_alphabetical":
        return channel.name.casefold(), 0, channel.number
    if order == "latest_last_message":
        return "", -(state.last_message_at or channel.created_at), -channel.number
    return "", -channel.created_at, -channel.number


def _is_unread(found: Found) -> bool:
    _, _, state, member = found
    return member is not None and unread(state, member) > 0


def _page(txn: Transaction, input: Filters, found: Iterator[Found]) -> Resource:
    page = Page(input.token, input.limit, (str, int, int))
    matching = (each for each in found if _matches(txn, input, each[1], each[2]))
    for key, channel, state, member in sorted(matching, key=lambda each: each[0]):
        if page.start is not None and key < page.start:
            continue
        if not page.add(key, (channel, state, member)):
            break
    channels = [_resource(txn, input, *each) for each in page.items]
    return {"channels": channels, "next": page.next, "ts": txn.now}


def _resource(
    txn: Transaction, input: Filters, channel: Channel, state: ChannelState, member: Member | None
) -> Resource:
    if member is None:
        resource = channel_resource(txn, channel, state)
    else:
        resource = own_channel_resource(txn, channel, state, member)
    if input.show_member:
        resource["members"] = members_resource(txn, channel.number, show_read_receipt=input.show_read_receipt)
    return resource


def _matches(txn: Transaction, input: Filters, channel: Channel, state: ChannelState) -> bool:
    return (
        (input.show_empty or state.message_count > 0)
        and (input.distinct_mode == "all" or channel.is_distinct == (input.distinct_mode == "distinct"))
        and (input.public_mode == "all" or channel.is_public == (input.public_mode == "public"))
        and (input.channel_urls is None or channel.channel_url in input.channel_urls)
        and (input.created_after is None or channel.created_at > input.created_after)
        and (input.created_before is None or channel.created_at < input.created_before)
        and _text_matches(input, channel)
        and _members_match(txn, input, channel.number)
    )


def _text_matches(input: Filters, channel: Channel) -> bool:
    name = channel.name.casefold()
    checks: tuple[tuple[Any, bool], ...] = (
        (input.custom_types, channel.custom_type in (input.custom_types or ())),
        (input.custom_type_startswith, channel.custom_type.startswith(input.custom_type_startswith or "")),
        (input.name, channel.name == input.name),
        (input.name_contains, (input.name_contains or "").casefold() in name),
        (input.name_startswith, name.startswith((input.name_startswith or "").casefold())),
    )
    return all(passed for wanted, passed in checks if wanted is not None)


def _members_match(txn: Transaction, input: Filters, channel: int) -> bool:
    if input.members_exactly_in is not None:
        wanted = {known(txn, user_id, False) for user_id in input.members_exactly_in}
        if wanted != set(members_of(txn, channel)):
            return False
    if input.members_include_in is None:
        return True
    users = (known(txn, user_id, False) for user_id in input.members_include_in)
    present = [txn.get(tables.MEMBERS, channel, user) is not None for user in users]
    return all(present) if input.query_type == "AND" else any(present)
