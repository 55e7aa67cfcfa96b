"""Lists of channels: those of one user, and for backends all of an application."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Literal

from chatd.domain import shapes
from chatd.domain.channels.channels import seen_by
from chatd.domain.channels.filters import CustomTypes, Filters, HiddenMode, MemberState, Own, SuperMode
from chatd.domain.channels.indexed import found_by_items
from chatd.domain.channels.matching import Found, Test, hidden_tests, tests_of
from chatd.domain.channels.memberships import channels_of, invited_channels
from chatd.domain.channels.metadata import metadata_of
from chatd.domain.channels.receipts import receipts_of
from chatd.domain.channels.unread import unread_in
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import OptionalUserId
from chatd.domain.paging import Page
from chatd.domain.resources.members import members_resource
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import NOBODY
from chatd.domain.users.people import acting_user
from chatd.errors import Unacceptable
from chatd.model import Actor
from chatd.store import tables
from chatd.store.transaction import Transaction


class Count(Input, frozen=True):
    """Which of a user's channels to count."""

    user_id: OptionalUserId = ""
    state: Literal["joined", "invited"] = "joined"
    custom_types: CustomTypes | None = None
    hidden_mode: HiddenMode = "unhidden_only"
    super_mode: SuperMode = "all"


@command(
    "channels.list",
    Right.BOTH,
    Kind.READ,
    people=("channels", "members"),
    example={"order": "latest_last_message", "show_member": True, "limit": 20},
    result=shapes.GroupChannels,
)
def list_own(txn: Transaction, actor: Actor, input: Own) -> Resource:
    """The channels of the caller, or of the user whom a backend names, also those it is invited to."""
    if input.names_members:
        raise Unacceptable('Parts of nicknames are looked for by "channels.search".')
    return _own(txn, actor, input)


@command(
    "channels.search",
    Right.BOTH,
    Kind.SCAN,
    people=("channels", "members"),
    example={"search_query": "gard", "show_empty": True},
    result=shapes.GroupChannels,
)
def search(txn: Transaction, actor: Actor, input: Own) -> Resource:
    """The same as `channels.list`, also by a part of what members are called."""
    return _own(txn, actor, input)


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
    """All group channels of the application."""
    return _page(txn, input, _everywhere(txn, input), tests_of(txn, input), None)


@command(
    "channels.count",
    Right.BOTH,
    Kind.READ,
    example={"hidden_mode": "all"},
    result=shapes.ChannelCount,
)
def count(txn: Transaction, actor: Actor, input: Count) -> Resource:
    """How many channels the caller has, or the user whom a backend names."""
    user = acting_user(txn, actor, input.user_id).number
    filters = Filters(show_empty=True, custom_types=input.custom_types, super_mode=input.super_mode)
    tests = tests_of(txn, filters) + hidden_tests(txn, user, input.hidden_mode)
    found = _of_user(txn, user, "joined_only" if input.state == "joined" else "invited_only")
    return {"group_channel_count": sum(all(test(each) for test in tests) for each in found)}


def _own(txn: Transaction, actor: Actor, input: Own) -> Resource:
    user = acting_user(txn, actor, input.user_id).number
    tests = hidden_tests(txn, user, input.hidden_mode) + tests_of(txn, input)
    if input.unread_filter == "unread_message":
        tests.append(lambda found: not found.is_invited and unread_in(txn, found.number, user) > 0)
    return _page(txn, input, _of_user(txn, user, input.member_state_filter), tests, user)


def _of_user(txn: Transaction, user: int, state: MemberState) -> Iterator[Found]:
    """The channels of a user, and those that it is invited to."""
    if state in ("all", "joined_only"):
        numbers = channels_of(txn, user)
        states = txn.require_all(tables.CHANNEL_STATES, [(number,) for number in numbers])
        for number, held in zip(numbers, states, strict=True):
            yield Found(txn, number, held)
    if state != "joined_only":
        for number in invited_channels(txn, user):
            by_friend = txn.require(tables.INVITATIONS, number, user).is_by_friend
            if state in ("all", "invited_only", "invited_by_friend" if by_friend else "invited_by_non_friend"):
                yield Found(txn, number, txn.require(tables.CHANNEL_STATES, number), is_invited=True)


def _everywhere(txn: Transaction, input: Filters) -> Iterator[Found]:
    numbers = found_by_items(txn, input)
    channels = (
        (channel for _, channel in txn.scan(tables.CHANNELS))
        if numbers is None
        else (txn.require(tables.CHANNELS, number) for number in numbers)
    )
    states = tables.CHANNEL_STATES
    return (Found(txn, each.number, txn.require(states, each.number), each) for each in channels if not each.is_open)


def _page(txn: Transaction, input: Filters, found: Iterable[Found], tests: list[Test], user: int | None) -> Resource:
    # The order is made here, with negative numbers for what comes from the greatest down.
    page = Page(input.token, input.limit, (int, str, int, int), is_stored=False)
    matching = ((each.key(input), each) for each in found if all(test(each) for test in tests))
    for key, each in sorted(matching, key=itemgetter(0)):
        if page.start is not None and key < page.start:
            continue
        if not page.add(key, each):
            break
    channels = [_resource(txn, input, each, user) for each in page.items]
    return {"channels": channels, "next": page.next, "ts": txn.now}


def _resource(txn: Transaction, input: Filters, found: Found, user: int | None) -> Resource:
    resource = seen_by(txn, found.channel, found.state, user)
    if input.show_member:
        resource["members"] = members_resource(
            txn, found.number, show_read=input.show_read_receipt, show_delivery=input.show_delivery_receipt
        )
    resource |= receipts_of(txn, found.number, read=input.show_read_receipt, delivered=input.show_delivery_receipt)
    if input.show_metadata:
        resource["metadata"] = metadata_of(txn, found.number)
    return resource
