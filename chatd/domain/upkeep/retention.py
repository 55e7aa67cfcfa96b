"""Retention: messages that are too old, or too many in their channel, are removed for good."""

from __future__ import annotations

from itertools import islice
from typing import Annotated, Any

from msgspec import Meta

from chatd import events
from chatd.domain import shapes
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fold.stored import current_message
from chatd.domain.messages.lasting import FOR_EVER, retention_of
from chatd.domain.messages.removal import Key, expire
from chatd.domain.resources.messages import HOUR
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import NOBODY
from chatd.domain.stream import note
from chatd.errors import OutOfRange
from chatd.model import Actor, Channel, Retention
from chatd.store import tables
from chatd.store.table import Table
from chatd.store.transaction import Transaction

# A hundred years.
MAX_HOURS = 876_000
Hours = Annotated[int, Meta(ge=-1, le=MAX_HOURS)]
Count = Annotated[int, Meta(ge=-1, le=10**10)]


class View(Input, frozen=True):
    """Nothing to say."""


class Update(Input, frozen=True):
    """For how many hours the application keeps messages, and how many of each channel; what is absent stays.

    -1 keeps them for ever and keeps all.
    """

    message_retention_hours: Hours | None = None
    message_retention_count: Count | None = None


@command("retention.view", Right.BACKEND, Kind.READ, roles=NOBODY, example={}, result=shapes.MessageRetention)
def view(txn: Transaction, actor: Actor, input: View) -> Resource:
    """How long messages are kept where a channel does not say it."""
    return retention_resource(common(txn))


@command(
    "retention.update",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"message_retention_hours": 720, "message_retention_count": 10_000},
    result=shapes.MessageRetention,
)
def update(txn: Transaction, actor: Actor, input: Update) -> Resource:
    """Say how long messages are kept where a channel does not say it. What is older goes within minutes."""
    before = common(txn)
    hours, count = input.message_retention_hours, input.message_retention_count
    if 0 in (hours, count):
        raise OutOfRange("Messages are kept for at least an hour, at least one of a channel, or with -1 for ever.")
    seconds = before.seconds if hours is None else hours * HOUR if hours > 0 else -1
    changed = Retention(seconds, before.count if count is None else count)
    if changed != before:
        note(txn, events.RetentionChanged(changed))
    return retention_resource(changed)


def common(txn: Transaction) -> Retention:
    """How long the application keeps messages."""
    return txn.get(tables.RETENTION) or FOR_EVER


def retention_resource(retention: Retention) -> Resource:
    """What an application says of how long messages are kept."""
    hours = -1 if retention.seconds < 0 else retention.seconds // HOUR
    return {"message_retention_hours": hours, "message_retention_count": retention.count}


def due(txn: Transaction, start: int, limit: int) -> tuple[list[int], int | None]:
    """Which of up to `limit` channels from number `start` on have messages to remove, and where to go on.

    Only channels with a limit are looked at, and of each its oldest message.
    """
    everywhere = common(txn) != FOR_EVER
    table: Table[Any] = tables.CHANNELS if everywhere else tables.RETAINED
    numbers = [key[0] for key, _ in islice(txn.scan(table, start=(start,)), limit)]
    found = [number for number in numbers if _expired(txn, txn.require(tables.CHANNELS, number), 1)]
    return found, numbers[-1] + 1 if len(numbers) == limit else None


def remove_expired(txn: Transaction, number: int, limit: int) -> bool:
    """Remove up to `limit` messages of a channel that are too old or too many. False when none are left."""
    channel = txn.get(tables.CHANNELS, number)
    keys = [] if channel is None else _expired(txn, channel, limit)
    if keys:
        expire(txn, keys)
    return len(keys) == limit


def _expired(txn: Transaction, channel: Channel, limit: int) -> list[Key]:
    """Up to `limit` messages of a channel that are not to be kept, oldest first."""
    retention = retention_of(txn, channel)
    before = txn.now - retention.seconds * 1000 if retention.seconds > 0 else 0
    state = txn.require(tables.CHANNEL_STATES, channel.number)
    surplus = state.message_count - retention.count if retention.count > 0 else 0
    found: list[Key] = []
    for (_, time, message_id), _ in txn.scan(tables.TIMELINE, channel.number):
        if len(found) == limit or (time > before and surplus <= 0):
            break
        found.append((channel.number, time, message_id))
        surplus -= surplus > 0 and not _is_deleted(txn, message_id)
    return found


def _is_deleted(txn: Transaction, message_id: int) -> bool:
    message = current_message(txn, message_id)
    return message is None or message.is_removed
