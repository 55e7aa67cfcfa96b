"""Muting users in all channels of a custom type."""

from __future__ import annotations

from chatd import events
from chatd.domain import shapes
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import PageLimit, PageToken, UserId, UserIds
from chatd.domain.fold.type_sanctions import TYPE_MUTES
from chatd.domain.moderation.audit import About, note_act
from chatd.domain.moderation.custom_types import TypeName, TypeNames, check_known
from chatd.domain.moderation.sanctions import Description, Seconds, ends_at, of_type
from chatd.domain.moderation.telling import AT_ONCE, tell_channels
from chatd.domain.moderation.type_sanctions import type_mute_of
from chatd.domain.paging import Page
from chatd.domain.resources.resource import Resource
from chatd.domain.resources.sanctions import muted_user_resource
from chatd.domain.roles import NOBODY
from chatd.domain.stream import emit
from chatd.domain.users.people import find_user
from chatd.errors import MissingParameter
from chatd.model import Actor
from chatd.store.transaction import Transaction


class Add(Input, frozen=True):
    """Whom to mute in a custom type, for how many seconds (-1: ten years), and why."""

    custom_type: TypeName
    user_ids: UserIds
    seconds: Seconds = -1
    description: Description = ""
    on_demand_upsert: bool = True


class AddOf(Input, frozen=True):
    """The custom types in which to mute a user for ten years."""

    user_id: UserId
    channel_custom_types: TypeNames


class Remove(Input, frozen=True):
    """Who may write in a custom type again."""

    custom_type: TypeName
    user_ids: UserIds


class List(Input, frozen=True):
    """A page of the users who are muted in a custom type."""

    custom_type: TypeName
    token: PageToken = ""
    limit: PageLimit = 10


@command(
    "type_mutes.add",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"custom_type": "greenhouse", "user_ids": ["member"], "seconds": 3600, "description": "Too loud"},
    is_idempotent=False,
    result=shapes.Empty,
)
def add(txn: Transaction, actor: Actor, input: Add) -> Resource:
    """Mute users in all channels of a custom type, those to come too; who is muted is so until another time.

    Members of their group channels are told, those of the last ones later, and who is in an open channel with them.
    """
    check_known(txn, input.custom_type, on_demand=input.on_demand_upsert)
    if not input.user_ids:
        raise MissingParameter("user_ids")
    until = ends_at(txn, input.seconds)
    for user_id in dict.fromkeys(input.user_ids):
        _mute(txn, actor, input.custom_type, find_user(txn, user_id).number, until, input.description)
    tell_channels(txn, AT_ONCE)
    return {}


@command(
    "type_mutes.add_of_user",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"user_id": "member", "channel_custom_types": ["greenhouse"]},
    is_idempotent=False,
    result=shapes.Empty,
)
def add_of_user(txn: Transaction, actor: Actor, input: AddOf) -> Resource:
    """Mute a user for ten years in all channels of custom types."""
    user = find_user(txn, input.user_id).number
    for custom_type in dict.fromkeys(input.channel_custom_types):
        _mute(txn, actor, custom_type, user, ends_at(txn, -1), "")
    tell_channels(txn, AT_ONCE)
    return {}


@command(
    "type_mutes.remove",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"custom_type": "greenhouse", "user_ids": ["muted"]},
    result=shapes.Empty,
)
def remove(txn: Transaction, actor: Actor, input: Remove) -> Resource:
    """Let users write in a custom type again, where they are not muted besides; who is not muted is passed over."""
    if not input.user_ids:
        raise MissingParameter("user_ids")
    for user in [find_user(txn, user_id).number for user_id in input.user_ids]:
        if type_mute_of(txn, input.custom_type, user) is not None:
            emit(txn, events.UserUnmutedInType(user, input.custom_type))
            note_act(txn, actor, "member.unmuted", None, About(user, detail=input.custom_type))
    tell_channels(txn, AT_ONCE)
    return {}


@command(
    "type_mutes.list",
    Right.BACKEND,
    Kind.READ,
    roles=NOBODY,
    example={"custom_type": "greenhouse", "limit": 20},
    result=shapes.MutedUsers,
)
def list_mutes(txn: Transaction, actor: Actor, input: List) -> Resource:
    """Users who are muted in a custom type, those first whose mute ends first."""
    page = Page(input.token, input.limit, (int, int))
    for place, user, sanction in of_type(txn, TYPE_MUTES, input.custom_type, page):
        if not page.add(place, muted_user_resource(user, sanction, txn.now)):
            break
    return {"muted_list": page.items, "next": page.next}


def _mute(txn: Transaction, actor: Actor, custom_type: str, user: int, until: int, reason: str) -> None:
    emit(txn, events.UserMutedInType(user, custom_type, until, reason))
    note_act(txn, actor, "member.muted", None, About(user, reason=reason, detail=custom_type, until=until))
