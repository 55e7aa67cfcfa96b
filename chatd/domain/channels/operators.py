"""Operators of channels: who they are, and making and unmaking them."""

from __future__ import annotations

from typing import Annotated, Final

from msgspec import Meta

from chatd import events
from chatd.domain import shapes
from chatd.domain.channels.access import acquainted_channel, managed_channel, operators_of
from chatd.domain.channels.admission import belongs
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import ChannelUrl, PageLimit, PageToken, UserId
from chatd.domain.moderation.audit import About, note_act
from chatd.domain.paging import Page
from chatd.domain.resources.members import operators_resource
from chatd.domain.resources.resource import Resource
from chatd.domain.resources.users import basic_user
from chatd.domain.roles import ACQUAINTED, OPERATORS
from chatd.domain.stream import emit
from chatd.domain.users.people import active_user, find_user
from chatd.errors import InvalidValue, MissingParameter, TooManyItems
from chatd.model import Actor, Channel
from chatd.store import tables
from chatd.store.transaction import Transaction

MAX_OPERATORS: Final = 100

OperatorIds = Annotated[tuple[UserId, ...], Meta(max_length=MAX_OPERATORS)]


class List(Input, frozen=True):
    """A page of a channel's operators."""

    channel_url: ChannelUrl
    token: PageToken = ""
    limit: PageLimit = 10


class Add(Input, frozen=True):
    """Who become operators: members or invited users, of an open channel anybody."""

    channel_url: ChannelUrl
    operator_ids: OperatorIds


class Remove(Input, frozen=True):
    """Operators who cease to be that: those named, or all."""

    channel_url: ChannelUrl
    operator_ids: OperatorIds = ()
    delete_all: bool = False


@command(
    "operators.list",
    Right.BOTH,
    Kind.READ,
    people=("operators",),
    roles=ACQUAINTED,
    example={"channel_url": "garden", "limit": 20},
    result=shapes.Operators,
)
def list_operators(txn: Transaction, actor: Actor, input: List) -> Resource:
    """Members who are operators, or those of an open channel, in the order in which they came to the application."""
    channel = acquainted_channel(txn, actor, input.channel_url)
    page = Page(input.token, input.limit, (int,))
    for user in operators_of(txn, channel.number):
        if page.start is not None and user < page.start[0]:
            continue
        if not page.add((user,), basic_user(txn.require(tables.USERS, user))):
            break
    return {"operators": page.items, "next": page.next}


@command(
    "operators.add",
    Right.BOTH,
    Kind.WRITE,
    people=("operators",),
    roles=OPERATORS,
    example={"channel_url": "garden", "operator_ids": ["member"]},
    result=shapes.Operators,
)
def add(txn: Transaction, actor: Actor, input: Add) -> Resource:
    """Make members operators; invited users will be when they join. A channel has up to 100."""
    channel = managed_channel(txn, actor, input.channel_url)
    if not input.operator_ids:
        raise MissingParameter("operator_ids")
    change_operators(txn, actor, channel, operators_among(txn, channel, input.operator_ids), ())
    return {"operators": operators_resource(txn, channel.number)}


@command(
    "operators.remove",
    Right.BOTH,
    Kind.WRITE,
    people=("operators",),
    roles=OPERATORS,
    example={"channel_url": "garden", "operator_ids": ["operator"]},
    result=shapes.Operators,
)
def remove(txn: Transaction, actor: Actor, input: Remove) -> Resource:
    """Make operators plain members; who is none is passed over."""
    channel = managed_channel(txn, actor, input.channel_url)
    if not input.operator_ids and not input.delete_all:
        raise MissingParameter("operator_ids")
    removed = [key[1] for key, _ in txn.scan(tables.OPERATORS, channel.number)]
    if not input.delete_all:
        removed = [find_user(txn, user_id).number for user_id in input.operator_ids]
    change_operators(txn, actor, channel, (), tuple(removed))
    return {"operators": operators_resource(txn, channel.number)}


def operators_among(txn: Transaction, channel: Channel, user_ids: tuple[str, ...]) -> tuple[int, ...]:
    """Users who can be operators of a channel. Raises InvalidValue when one does not belong to a group channel."""
    users = tuple(active_user(txn, user_id).number for user_id in user_ids)
    if not channel.is_open and not all(belongs(txn, channel.number, user) for user in users):
        raise InvalidValue('"operator_ids" must be among the members.')
    return users


def replace_operators(txn: Transaction, actor: Actor, channel: Channel, user_ids: tuple[str, ...]) -> None:
    """Make these users the operators of a channel, and nobody else."""
    users = operators_among(txn, channel, user_ids)
    before = {key[1] for key, _ in txn.scan(tables.OPERATORS, channel.number)}
    change_operators(txn, actor, channel, users, tuple(before - set(users)))


def change_operators(
    txn: Transaction, actor: Actor | None, channel: Channel, added: tuple[int, ...], removed: tuple[int, ...]
) -> None:
    """Make some users operators and others not; None is the server itself. Raises TooManyItems for too many."""
    before = {key[1] for key, _ in txn.scan(tables.OPERATORS, channel.number)}
    new = tuple(sorted(set(added) - before))
    old = tuple(sorted(before & set(removed)))
    if new and len(before) + len(new) - len(old) > MAX_OPERATORS:
        raise TooManyItems(f"A channel has no more than {MAX_OPERATORS} operators.")
    if new or old:
        emit(txn, events.OperatorsChanged(channel.number, new, old))
    for user in new:
        note_act(txn, actor, "operator.added", channel, About(user))
    for user in old:
        note_act(txn, actor, "operator.removed", channel, About(user))
