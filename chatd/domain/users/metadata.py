"""Metadata of users: a few short texts under keys, by which users can be found."""

from __future__ import annotations

from typing import Annotated, Final

from msgspec import Meta
from msgspec.structs import replace

from chatd import events
from chatd.domain import shapes
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import ItemKey, Metadata, OptionalItemKey, OptionalUserId, UserId
from chatd.domain.resources.resource import Resource
from chatd.domain.stream import emit
from chatd.domain.users.people import acting_user, find_user
from chatd.errors import AlreadyExists, MissingParameter, NotFound, TooManyItems
from chatd.model import Actor, User
from chatd.store.transaction import Transaction

# A user is shown with all of it beside each message.
MAX_ITEMS: Final = 5


class View(Input, frozen=True):
    """One item of a user's metadata, those of several keys that there are, or all."""

    user_id: UserId
    key: OptionalItemKey = ""
    keys: Annotated[tuple[ItemKey, ...], Meta(max_length=MAX_ITEMS)] | None = None


class Create(Input, frozen=True):
    """New items of a user's metadata. Clients change their own."""

    metadata: Metadata
    user_id: OptionalUserId = ""


class Update(Input, frozen=True):
    """Items that get another value; those that there are not are passed over, or with `upsert` created."""

    metadata: Metadata
    user_id: OptionalUserId = ""
    upsert: bool = False


class Delete(Input, frozen=True):
    """The item to delete, or all."""

    user_id: OptionalUserId = ""
    key: OptionalItemKey = ""


@command("user_metadata.view", Right.BOTH, Kind.READ, example={"user_id": "member"})
def view(txn: Transaction, actor: Actor, input: View) -> dict[str, str]:
    """A user's metadata."""
    items = find_user(txn, input.user_id).metadata
    if not input.key:
        return items if input.keys is None else {key: items[key] for key in input.keys if key in items}
    if input.key not in items:
        raise NotFound("Metadata")
    return {input.key: items[input.key]}


@command("user_metadata.create", Right.BOTH, Kind.WRITE, example={"metadata": {"city": "Kyoto"}})
def create(txn: Transaction, actor: Actor, input: Create) -> dict[str, str]:
    """Say something of a user; the items that are new."""
    user = _changed_user(txn, actor, input.user_id)
    if not input.metadata:
        raise MissingParameter("metadata")
    taken = user.metadata.keys() & input.metadata.keys()
    if taken:
        raise AlreadyExists(f'"{min(taken)}" exists already.')
    _set(txn, user, user.metadata | input.metadata)
    return input.metadata


@command("user_metadata.update", Right.BOTH, Kind.WRITE, example={"metadata": {"city": "Nara"}, "upsert": True})
def update(txn: Transaction, actor: Actor, input: Update) -> dict[str, str]:
    """Say something else of a user; the items that are so now."""
    user = _changed_user(txn, actor, input.user_id)
    if not input.metadata:
        raise MissingParameter("metadata")
    changed = {key: value for key, value in input.metadata.items() if input.upsert or key in user.metadata}
    _set(txn, user, user.metadata | changed)
    return changed


@command("user_metadata.delete", Right.BOTH, Kind.WRITE, example={}, result=shapes.Empty)
def delete(txn: Transaction, actor: Actor, input: Delete) -> Resource:
    """Delete an item of a user's metadata, or all of it. What is not there is not missed."""
    user = _changed_user(txn, actor, input.user_id)
    kept = {key: value for key, value in user.metadata.items() if input.key and key != input.key}
    _set(txn, user, kept)
    return {}


def _changed_user(txn: Transaction, actor: Actor, user_id: str) -> User:
    """The client itself, or whom a backend names, active or not."""
    if actor.user is None and user_id:
        return find_user(txn, user_id)
    return acting_user(txn, actor, user_id)


def _set(txn: Transaction, user: User, metadata: dict[str, str]) -> None:
    if len(metadata) > MAX_ITEMS:
        raise TooManyItems(f"A user has no more than {MAX_ITEMS} items of metadata.")
    if metadata != user.metadata:
        emit(txn, events.UserUpdated(replace(user, metadata=metadata)))
