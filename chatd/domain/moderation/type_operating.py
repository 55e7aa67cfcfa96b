"""Operators of all channels of a custom type."""

from __future__ import annotations

from chatd import events
from chatd.domain import shapes
from chatd.domain.channels.operators import MAX_OPERATORS, OperatorIds
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import PageLimit, PageToken, UserId
from chatd.domain.moderation.audit import About, note_act
from chatd.domain.moderation.custom_types import TypeName, TypeNames, check_known, is_user
from chatd.domain.moderation.sanctions import check_type_banned
from chatd.domain.moderation.type_sanctions import operates_type, type_operators
from chatd.domain.paging import Page
from chatd.domain.resources.resource import Resource
from chatd.domain.resources.users import basic_user
from chatd.domain.roles import NOBODY
from chatd.domain.stream import emit
from chatd.domain.users.people import active_user, find_user
from chatd.errors import MissingParameter, TooManyItems
from chatd.model import Actor
from chatd.store import tables
from chatd.store.transaction import Transaction


class Add(Input, frozen=True):
    """Who operates the channels of a custom type."""

    custom_type: TypeName
    operator_ids: OperatorIds
    on_demand_upsert: bool = True


class AddOf(Input, frozen=True):
    """The custom types whose channels a user operates."""

    user_id: UserId
    channel_custom_types: TypeNames


class Remove(Input, frozen=True):
    """Who operates the channels of a custom type no more: those named, or all."""

    custom_type: TypeName
    operator_ids: OperatorIds = ()
    delete_all: bool = False


class List(Input, frozen=True):
    """A page of those who operate the channels of a custom type."""

    custom_type: TypeName
    token: PageToken = ""
    limit: PageLimit = 10


@command(
    "type_operators.add",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"custom_type": "greenhouse", "operator_ids": ["member"]},
    result=shapes.Empty,
)
def add(txn: Transaction, actor: Actor, input: Add) -> Resource:
    """Make users operators of all channels of a custom type that they are in, those to come too; 100 at most."""
    check_known(txn, input.custom_type, on_demand=input.on_demand_upsert)
    if not input.operator_ids:
        raise MissingParameter("operator_ids")
    for user_id in input.operator_ids:
        _begin_operating(txn, actor, input.custom_type, active_user(txn, user_id).number)
    return {}


@command(
    "type_operators.add_of_user",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"user_id": "member", "channel_custom_types": ["greenhouse"]},
    result=shapes.Empty,
)
def add_of_user(txn: Transaction, actor: Actor, input: AddOf) -> Resource:
    """Make a user an operator of all channels of custom types."""
    user = active_user(txn, input.user_id).number
    for custom_type in input.channel_custom_types:
        _begin_operating(txn, actor, custom_type, user)
    return {}


@command(
    "type_operators.remove",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"custom_type": "greenhouse", "operator_ids": ["operator"]},
    result=shapes.Empty,
)
def remove(txn: Transaction, actor: Actor, input: Remove) -> Resource:
    """Take that back; who is an operator of a channel itself stays so, and who is none is passed over."""
    if not input.operator_ids and not input.delete_all:
        raise MissingParameter("operator_ids")
    users = type_operators(txn, input.custom_type)
    if not input.delete_all:
        users = [find_user(txn, user_id).number for user_id in input.operator_ids]
    for user in users:
        end_operating(txn, actor, input.custom_type, user)
    return {}


@command(
    "type_operators.list",
    Right.BACKEND,
    Kind.READ,
    people=("operators",),
    roles=NOBODY,
    example={"custom_type": "greenhouse", "limit": 20},
    result=shapes.Operators,
)
def list_operators(txn: Transaction, actor: Actor, input: List) -> Resource:
    """Who operates the channels of a custom type, in the order in which they came to the application."""
    page = Page(input.token, input.limit, (int,))
    for user in type_operators(txn, input.custom_type):
        is_before = page.start is not None and user < page.start[0]
        if is_before or not is_user(txn, user):
            continue
        if not page.add((user,), basic_user(txn.require(tables.USERS, user))):
            break
    return {"operators": page.items, "next": page.next}


def end_operating(txn: Transaction, actor: Actor, custom_type: str, user: int) -> None:
    """Have a user operate the channels of a custom type no more."""
    if operates_type(txn, custom_type, user):
        emit(txn, events.TypeOperatorRemoved(user, custom_type))
        note_act(txn, actor, "operator.removed", None, About(user, detail=custom_type))


def _begin_operating(txn: Transaction, actor: Actor, custom_type: str, user: int) -> None:
    if operates_type(txn, custom_type, user):
        return
    check_type_banned(txn, custom_type, (user,))
    if len(type_operators(txn, custom_type)) == MAX_OPERATORS:
        raise TooManyItems(f"A custom type has no more than {MAX_OPERATORS} operators.")
    emit(txn, events.TypeOperatorAdded(user, custom_type))
    note_act(txn, actor, "operator.added", None, About(user, detail=custom_type))
