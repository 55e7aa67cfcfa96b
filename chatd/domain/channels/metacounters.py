"""Counters of channels: whole numbers under keys that are changed by steps, so that nobody's step is lost."""

from __future__ import annotations

from typing import Annotated, Literal

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
from chatd.errors import MissingParameter, OutOfRange
from chatd.model import Actor
from chatd.store import tables
from chatd.store.transaction import Transaction

# What JavaScript counts exactly.
MOST = 2**53 - 1

Count = Annotated[int, Meta(ge=-MOST, le=MOST)]
Counts = Annotated[dict[ItemKey, Count], Meta(max_length=5)]
Mode = Literal["set", "increase", "decrease"]


class Create(Input, frozen=True):
    """New counters of a channel, each with where it begins."""

    channel_url: ChannelUrl
    metacounter: Counts


class Update(Input, frozen=True):
    """What counters are set to, or by how much they increase or decrease.

    Those that there are not are passed over, or with `upsert` begin at 0.
    """

    channel_url: ChannelUrl
    metacounter: Counts
    mode: Mode = "set"
    upsert: bool = False


@command("metacounters.view", Right.BOTH, Kind.READ, roles=MEMBERS, example={"channel_url": "garden"})
def view(txn: Transaction, actor: Actor, input: View) -> dict[str, int]:
    """A channel's counters."""
    channel = visible_channel(txn, actor, input.channel_url)
    return picked(counters_of(txn, channel.number), input, "Metacounter")


@command(
    "metacounters.create",
    Right.BOTH,
    Kind.WRITE,
    roles=OPERATORS,
    example={"channel_url": "garden", "metacounter": {"likes": 1}},
)
def create(txn: Transaction, actor: Actor, input: Create) -> dict[str, int]:
    """Begin to count something. Members are told."""
    channel = described_channel(txn, actor, input.channel_url)
    check_new(counters_of(txn, channel.number), input.metacounter, "metacounter")
    emit(txn, events.ChannelMetacountersChanged(channel.number, created=input.metacounter))
    return input.metacounter


@command(
    "metacounters.update",
    Right.BOTH,
    Kind.WRITE,
    roles=OPERATORS,
    example={"channel_url": "garden", "metacounter": {"likes": 1}, "mode": "increase", "upsert": True},
    is_idempotent=False,
)
def update(txn: Transaction, actor: Actor, input: Update) -> dict[str, int]:
    """Change counters; what they are then. Steps of several callers add up. Members are told of what has changed."""
    channel = described_channel(txn, actor, input.channel_url)
    if not input.metacounter:
        raise MissingParameter("metacounter")
    before = counters_of(txn, channel.number)
    after = {
        key: _moved(key, before.get(key, 0), value, input.mode)
        for key, value in input.metacounter.items()
        if input.upsert or key in before
    }
    check_total(before | after)
    created = {key: value for key, value in after.items() if key not in before}
    updated = {key: value for key, value in after.items() if before.get(key, value) != value}
    if created or updated:
        emit(txn, events.ChannelMetacountersChanged(channel.number, created, updated))
    return after


@command(
    "metacounters.delete",
    Right.BOTH,
    Kind.WRITE,
    roles=OPERATORS,
    example={"channel_url": "garden"},
    result=shapes.Empty,
)
def delete(txn: Transaction, actor: Actor, input: Delete) -> Resource:
    """Delete a counter of a channel, or all of them. What is not there is not missed."""
    channel = described_channel(txn, actor, input.channel_url)
    keys = doomed(counters_of(txn, channel.number), input)
    if keys:
        emit(txn, events.ChannelMetacountersChanged(channel.number, deleted=keys))
    return {}


def counters_of(txn: Transaction, channel: int) -> dict[str, int]:
    """The counters of a channel."""
    return txn.get(tables.METACOUNTERS, channel) or {}


def _moved(key: str, before: int, value: int, mode: Mode) -> int:
    after = value if mode == "set" else before + value if mode == "increase" else before - value
    if abs(after) > MOST:
        raise OutOfRange(f'"{key}" would leave the range of a counter.')
    return after
