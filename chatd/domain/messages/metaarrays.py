"""Changing the sorted meta array of a message key by key."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta
from msgspec.structs import replace

from chatd import events
from chatd.domain import shapes
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import ChannelUrl, MessageId
from chatd.domain.messages.messages import editable_message
from chatd.domain.messages.sorted_meta import (
    MetaItem,
    MetaKey,
    SortedMetaArray,
    checked,
    meta_resource,
    stored_meta,
)
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import OWNER
from chatd.domain.stream import emit
from chatd.errors import AlreadyExists, MissingParameter, NotFound
from chatd.model import Actor, Message
from chatd.store.transaction import Transaction

_EXAMPLE = {"channel_url": "garden", "message_id": "$message", "sorted_metaarray": [{"key": "place", "value": ["a"]}]}


class Create(Input, frozen=True):
    """Keys that the message does not have yet, with their values; they go to the end."""

    channel_url: ChannelUrl
    message_id: MessageId
    sorted_metaarray: SortedMetaArray


class Update(Input, frozen=True):
    """Values to add to keys or to take from them; with `upsert`, a key that is not there is made by adding."""

    channel_url: ChannelUrl
    message_id: MessageId
    sorted_metaarray: SortedMetaArray
    mode: Literal["add", "remove"] = "add"
    upsert: bool = False


class Delete(Input, frozen=True):
    """Keys to remove; absent for all."""

    channel_url: ChannelUrl
    message_id: MessageId
    keys: Annotated[tuple[MetaKey, ...], Meta(max_length=100)] | None = None


@command("messages.create_metaarray", Right.BOTH, Kind.WRITE, roles=OWNER, example=_EXAMPLE, result=shapes.MetaArray)
def create(txn: Transaction, actor: Actor, input: Create) -> Resource:
    """Add keys to the sorted meta array of a message: its sender, or a backend."""
    _, message = editable_message(txn, actor, input.channel_url, input.message_id)
    meta = dict(message.meta)
    for key, values in stored_meta(_some(input.sorted_metaarray)):
        if key in meta:
            raise AlreadyExists(f'"{key}" violates unique constraint.')
        meta[key] = values
    return _changed(txn, message, meta)


@command(
    "messages.update_metaarray",
    Right.BOTH,
    Kind.WRITE,
    roles=OWNER,
    example=_EXAMPLE | {"mode": "add", "upsert": True},
    result=shapes.MetaArray,
)
def update(txn: Transaction, actor: Actor, input: Update) -> Resource:
    """Add values to keys, or remove them; a value that is there already, or is not there, is passed over."""
    _, message = editable_message(txn, actor, input.channel_url, input.message_id)
    meta = dict(message.meta)
    for key, values in stored_meta(_some(input.sorted_metaarray)):
        if key not in meta and not (input.upsert and input.mode == "add"):
            raise NotFound(key)
        before = meta.get(key, ())
        if input.mode == "add":
            meta[key] = tuple(dict.fromkeys((*before, *values)))
        else:
            meta[key] = tuple(value for value in before if value not in values)
    return _changed(txn, message, meta)


@command(
    "messages.delete_metaarray",
    Right.BOTH,
    Kind.WRITE,
    roles=OWNER,
    example={"channel_url": "garden", "message_id": "$message", "keys": ["place"]},
    result=shapes.Empty,
)
def delete(txn: Transaction, actor: Actor, input: Delete) -> Resource:
    """Remove keys from the sorted meta array of a message; those that it does not have are passed over."""
    _, message = editable_message(txn, actor, input.channel_url, input.message_id)
    gone = dict(message.meta) if input.keys is None else dict.fromkeys(input.keys)
    _changed(txn, message, {key: values for key, values in message.meta if key not in gone})
    return {}


def _some(items: tuple[MetaItem, ...]) -> tuple[MetaItem, ...]:
    if not items:
        raise MissingParameter("sorted_metaarray")
    return items


def _changed(txn: Transaction, message: Message, meta: dict[str, tuple[str, ...]]) -> Resource:
    changed = replace(message, meta=checked(meta))
    if changed != message:
        emit(txn, events.MessageUpdated(changed))
    return {"sorted_metaarray": meta_resource(changed)}
