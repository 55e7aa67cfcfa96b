"""Users of an application."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from chatd import events
from chatd.domain import shapes
from chatd.domain.channels.filters import CustomTypes, SuperMode
from chatd.domain.channels.leaving import leave_every_channel
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.deliveries.forgetting import forget_target
from chatd.domain.fields import Metadata, Nickname, OptionalUserId, Url, UserId
from chatd.domain.messages.drafts import scrub_drafts
from chatd.domain.moderation.audit import About, ActKind, note_act
from chatd.domain.push.devices import forget_pushes
from chatd.domain.resources.resource import Resource
from chatd.domain.resources.users import user_resource
from chatd.domain.roles import NOBODY
from chatd.domain.stream import emit
from chatd.domain.users.people import acting_user, check_new_id, check_no_owner, find_user
from chatd.domain.users.sessions import end_all
from chatd.domain.users.unread_counts import unread_of
from chatd.errors import Forbidden, Unacceptable
from chatd.model import Actor, User
from chatd.store import tables
from chatd.store.transaction import Transaction

DiscoveryKeys = Annotated[tuple[Annotated[str, Meta(max_length=256)], ...], Meta(max_length=100)]
Languages = Annotated[tuple[Annotated[str, Meta(max_length=35)], ...], Meta(max_length=4)]


class Me(Input, frozen=True):
    """Nothing to say."""


class View(Input, frozen=True):
    """The user to look at, and in which channels to count what is unread."""

    user_id: UserId
    include_unread_count: bool = False
    custom_types: CustomTypes | None = None
    super_mode: SuperMode = "all"


class Create(Input, frozen=True):
    """A new user."""

    user_id: UserId
    nickname: Nickname
    profile_url: Url = ""
    metadata: Metadata = msgspec.field(default_factory=dict)
    discovery_keys: DiscoveryKeys = ()
    preferred_languages: Languages = ()
    issue_access_token: bool = False


class Update(Input, frozen=True):
    """What is to change about a user; what is absent stays. Clients change themselves."""

    user_id: OptionalUserId = ""
    nickname: Nickname | None = None
    profile_url: Url | None = None
    metadata: Metadata | None = None
    discovery_keys: DiscoveryKeys | None = None
    preferred_languages: Languages | None = None
    is_active: bool | None = None
    leave_all_when_deactivated: bool = True
    issue_access_token: bool = False


class Delete(Input, frozen=True):
    """The user to delete."""

    user_id: UserId


@command("users.me", Right.CLIENT, Kind.READ, people=(), example={}, result=shapes.User)
def me(txn: Transaction, actor: Actor, input: Me) -> Resource:
    """The caller, with unread counts."""
    return _with_unread(txn, acting_user(txn, actor))


@command("users.view", Right.BOTH, Kind.READ, people=(), example={"user_id": "member"}, result=shapes.User)
def view(txn: Transaction, actor: Actor, input: View) -> Resource:
    """One user; unread counts are for backends."""
    user = find_user(txn, input.user_id)
    if not input.include_unread_count:
        return user_resource(user)
    if actor.user not in (None, user.number):
        raise Forbidden("The unread counts of others are not visible.")
    return _with_unread(txn, user, input.custom_types, input.super_mode)


@command(
    "users.create",
    Right.BACKEND,
    Kind.WRITE,
    people=(),
    roles=NOBODY,
    example={"user_id": "newcomer", "nickname": "Newcomer", "profile_url": ""},
    result=shapes.User,
)
def create(txn: Transaction, actor: Actor, input: Create) -> Resource:
    """Make a user. AlreadyExists when the id is taken, InvalidValue for `.` and `..`."""
    _refuse_access_tokens(input.issue_access_token)
    check_new_id(txn, "user_id", input.user_id)
    user = User(
        0,
        input.user_id,
        input.nickname,
        input.profile_url,
        0,
        input.metadata,
        preferred_languages=input.preferred_languages,
        discovery_keys=input.discovery_keys,
    )
    created: Resource = emit(txn, events.UserCreated(user))["user"]
    return created


@command("users.update", Right.BOTH, Kind.WRITE, people=(), example={"nickname": "Rose"}, result=shapes.User)
def update(txn: Transaction, actor: Actor, input: Update) -> Resource:
    """Change a user. Deactivation ends the sessions and, unless told otherwise, all memberships."""
    _refuse_access_tokens(input.issue_access_token)
    if actor.user is not None and input.is_active is not None:
        raise Forbidden("Users cannot change whether they are active.")
    user = acting_user(txn, actor, input.user_id) if actor.user is not None else find_user(txn, input.user_id)
    names = ("nickname", "profile_url", "metadata", "discovery_keys", "preferred_languages", "is_active")
    changes = {name: getattr(input, name) for name in names if getattr(input, name) is not None}
    changed = replace(user, **changes)
    if changed != user:
        emit(txn, events.UserUpdated(changed))
    if user.is_active and not changed.is_active:
        _deactivate(txn, user, input.leave_all_when_deactivated)
    if user.is_active != changed.is_active:
        kind: ActKind = "user.reactivated" if changed.is_active else "user.deactivated"
        note_act(txn, actor, kind, None, About(user.number))
    return user_resource(changed)


@command("users.delete", Right.BACKEND, Kind.WRITE, roles=NOBODY, example={"user_id": "member"}, result=shapes.Empty)
def delete(txn: Transaction, actor: Actor, input: Delete) -> Resource:
    """Delete a user, who leaves every channel; what they wrote stays."""
    user = find_user(txn, input.user_id)
    check_no_owner(txn, user.user_id)
    leave_every_channel(txn, user.number, "deleted")
    scrub_drafts(txn, user.number)
    emit(txn, events.UserDeleted(user.number, user.user_id))
    txn.delete(tables.LAST_SEEN, user.number)
    forget_pushes(txn, user.number)
    forget_target(txn, user.number)
    end_all(txn, user.number)
    return {}


def mark_logged_in(txn: Transaction, user: int) -> None:
    """Remember that a user has connected at least once."""
    record = txn.get(tables.USERS, user)
    if record is not None and not record.has_ever_logged_in:
        emit(txn, events.UserUpdated(replace(record, has_ever_logged_in=True)))


def _with_unread(
    txn: Transaction, user: User, custom_types: tuple[str, ...] | None = None, super_mode: SuperMode = "all"
) -> Resource:
    counts = [each.messages for each in unread_of(txn, user.number, custom_types, super_mode)]
    return user_resource(user) | {"unread_message_count": sum(counts), "unread_channel_count": sum(map(bool, counts))}


def _deactivate(txn: Transaction, user: User, leave: bool) -> None:
    if leave:
        leave_every_channel(txn, user.number, "deactivated")
    end_all(txn, user.number)


def _refuse_access_tokens(issue: bool) -> None:
    if issue:
        raise Unacceptable("Access tokens that never expire are not offered; issue a session token instead.")
