"""Metadata of channels: short texts under keys, by which lists of channels can be filtered and ordered."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from chatd import events
from chatd.domain import shapes
from chatd.domain.channels.access import described_channel, visible_channel
from chatd.domain.channels.items import Delete, View, check_new, check_total, doomed, picked
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import ChannelUrl, ItemKey
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import MEMBERS, OPERATORS
from chatd.domain.stream import emit
from chatd.errors import MissingParameter
from chatd.model import Actor
from chatd.store import tables
from chatd.store.transaction import Transaction

ItemValue = Annotated[str, Meta(max_length=190, pattern=r"^[^\x00]*\Z")]
Items = Annotated[dict[ItemKey, ItemValue], Meta(max_length=5)]


class Create(Input, frozen=True):
    """New items of a channel's metadata."""

    channel_url: ChannelUrl
    metadata: Items


class Update(Input, frozen=True):
    """Items that get another value; those that there are not are passed over, or with `upsert` created."""

    channel_url: ChannelUrl
    metadata: Items
    upsert: bool = False


@command("channel_metadata.view", Right.BOTH, Kind.READ, roles=MEMBERS, example={"channel_url": "garden"})
def view(txn: Transaction, actor: Actor, input: View) -> dict[str, str]:
    """A channel's metadata."""
    channel = visible_channel(txn, actor, input.channel_url)
    return picked(metadata_of(txn, channel.number), input, "Metadata")


@command(
    "channel_metadata.create",
    Right.BOTH,
    Kind.WRITE,
    roles=OPERATORS,
    example={"channel_url": "garden", "metadata": {"color": "green"}},
)
def create(txn: Transaction, actor: Actor, input: Create) -> dict[str, str]:
    """Say something of a channel; the items that are new. Members are told."""
    channel = described_channel(txn, actor, input.channel_url)
    check_new(metadata_of(txn, channel.number), input.metadata, "metadata")
    emit(txn, events.ChannelMetadataChanged(channel.number, created=input.metadata))
    return input.metadata


@command(
    "channel_metadata.update",
    Right.BOTH,
    Kind.WRITE,
    roles=OPERATORS,
    example={"channel_url": "garden", "metadata": {"color": "red"}, "upsert": True},
)
def update(txn: Transaction, actor: Actor, input: Update) -> dict[str, str]:
    """Say something else of a channel; the items that are so now. Members are told of those that have changed."""
    channel = described_channel(txn, actor, input.channel_url)
    if not input.metadata:
        raise MissingParameter("metadata")
    before = metadata_of(txn, channel.number)
    created = {key: value for key, value in input.metadata.items() if input.upsert and key not in before}
    updated = {key: value for key, value in input.metadata.items() if before.get(key, value) != value}
    check_total(before | created)
    if created or updated:
        emit(txn, events.ChannelMetadataChanged(channel.number, created, updated))
    after = before | created | updated
    return {key: after[key] for key in input.metadata if key in after}


@command(
    "channel_metadata.delete",
    Right.BOTH,
    Kind.WRITE,
    roles=OPERATORS,
    example={"channel_url": "garden"},
    result=shapes.Empty,
)
def delete(txn: Transaction, actor: Actor, input: Delete) -> Resource:
    """Delete an item of a channel's metadata, or all of it. What is not there is not missed."""
    channel = described_channel(txn, actor, input.channel_url)
    keys = doomed(metadata_of(txn, channel.number), input)
    if keys:
        emit(txn, events.ChannelMetadataChanged(channel.number, deleted=keys))
    return {}


def metadata_of(txn: Transaction, channel: int) -> dict[str, str]:
    """The metadata of a channel."""
    return txn.get(tables.CHANNEL_METADATA, channel) or {}
