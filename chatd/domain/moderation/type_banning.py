"""Banning users from all channels of a custom type."""

from __future__ import annotations

from typing import Annotated, Final

from msgspec import Meta

from chatd import events
from chatd.domain import shapes
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import PageLimit, PageToken, UserId, UserIds
from chatd.domain.fold.type_sanctions import TYPE_BANS
from chatd.domain.moderation.audit import About, note_act
from chatd.domain.moderation.custom_types import TypeName, TypeNames, check_known
from chatd.domain.moderation.expelling import expel
from chatd.domain.moderation.sanctions import Description, Seconds, ends_at, of_type
from chatd.domain.moderation.type_operating import end_operating
from chatd.domain.moderation.type_sanctions import type_ban_of
from chatd.domain.paging import Page
from chatd.domain.resources.resource import Resource
from chatd.domain.resources.sanctions import ban_resource
from chatd.domain.roles import NOBODY
from chatd.domain.stream import emit
from chatd.domain.users.people import find_user
from chatd.errors import MissingParameter
from chatd.model import Actor
from chatd.store.transaction import Transaction

# Of so many channels a user is put out with the ban itself; of others a little later.
_AT_ONCE: Final = 100


class Banned(Input, frozen=True):
    """Whom to ban, for how many seconds (-1: ten years), and why."""

    user_id: UserId
    seconds: Seconds = -1
    description: Description = ""


class Add(Input, frozen=True):
    """Whom to ban from a custom type."""

    custom_type: TypeName
    banned_list: Annotated[tuple[Banned, ...], Meta(max_length=100)]
    on_demand_upsert: bool = True


class AddOf(Input, frozen=True):
    """The custom types from which to ban a user for ten years."""

    user_id: UserId
    channel_custom_types: TypeNames


class Remove(Input, frozen=True):
    """Who may come back into a custom type."""

    custom_type: TypeName
    user_ids: UserIds


class List(Input, frozen=True):
    """A page of the users who are banned from a custom type."""

    custom_type: TypeName
    token: PageToken = ""
    limit: PageLimit = 10


@command(
    "type_bans.add",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"custom_type": "greenhouse", "banned_list": [{"user_id": "member", "seconds": 86400}]},
    is_idempotent=False,
    result=shapes.Empty,
)
def add(txn: Transaction, actor: Actor, input: Add) -> Resource:
    """Ban users from all channels of a custom type, those to come too. Their memberships end, the last ones later."""
    check_known(txn, input.custom_type, on_demand=input.on_demand_upsert)
    if not input.banned_list:
        raise MissingParameter("banned_list")
    for each in input.banned_list:
        user = find_user(txn, each.user_id).number
        _ban(txn, actor, input.custom_type, user, ends_at(txn, each.seconds), each.description)
    expel(txn, _AT_ONCE)
    return {}


@command(
    "type_bans.add_of_user",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"user_id": "member", "channel_custom_types": ["greenhouse"]},
    is_idempotent=False,
    result=shapes.Empty,
)
def add_of_user(txn: Transaction, actor: Actor, input: AddOf) -> Resource:
    """Ban a user for ten years from all channels of custom types."""
    user = find_user(txn, input.user_id).number
    for custom_type in dict.fromkeys(input.channel_custom_types):
        _ban(txn, actor, custom_type, user, ends_at(txn, -1), "")
    expel(txn, _AT_ONCE)
    return {}


@command(
    "type_bans.remove",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"custom_type": "greenhouse", "user_ids": ["banned"]},
    result=shapes.Empty,
)
def remove(txn: Transaction, actor: Actor, input: Remove) -> Resource:
    """Let users come back, which they have to do themselves; who is not banned is passed over."""
    if not input.user_ids:
        raise MissingParameter("user_ids")
    for user in [find_user(txn, user_id).number for user_id in input.user_ids]:
        if type_ban_of(txn, input.custom_type, user) is not None:
            emit(txn, events.UserUnbannedFromType(user, input.custom_type))
            note_act(txn, actor, "user.unbanned", None, About(user, detail=input.custom_type))
    return {}


@command(
    "type_bans.list",
    Right.BACKEND,
    Kind.READ,
    roles=NOBODY,
    example={"custom_type": "greenhouse", "limit": 20},
    result=shapes.Bans,
)
def list_bans(txn: Transaction, actor: Actor, input: List) -> Resource:
    """Users who are banned from a custom type, those first whose ban ends first."""
    page = Page(input.token, input.limit, (int, int))
    for place, user, sanction in of_type(txn, TYPE_BANS, input.custom_type, page):
        if not page.add(place, ban_resource(user, sanction)):
            break
    return {"banned_list": page.items, "next": page.next}


def _ban(txn: Transaction, actor: Actor, custom_type: str, user: int, until: int, reason: str) -> None:
    """Who operates the type does so no more."""
    end_operating(txn, actor, custom_type, user)
    emit(txn, events.UserBannedFromType(user, custom_type, until, reason))
    note_act(txn, actor, "user.banned", None, About(user, reason=reason, detail=custom_type, until=until))
