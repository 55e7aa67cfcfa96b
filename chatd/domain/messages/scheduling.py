"""What becomes of scheduled messages: kept as what `messages.send` is to be called with, sent, failed, put away."""

from __future__ import annotations

from itertools import islice, takewhile
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from chatd import events
from chatd.domain.fold.scheduled import bare
from chatd.domain.messages.messages import Send, send
from chatd.domain.resources.resource import Resource
from chatd.domain.stream import emit, note
from chatd.errors import NotFound
from chatd.model import Actor, Scheduled
from chatd.model.scheduled import FAILED, PENDING, SENT
from chatd.store import tables
from chatd.store.transaction import Transaction

# What the record says itself, and what was only for the call.
_APART: Final = {"channel_url", "user_id", "message_type", "req_id", "mentioned_user_ids"}
_NOTHING: Final = Send(channel_url="")


def params_of(input: Send) -> dict[str, Any]:
    """What of an input is not its default, and not said by the record of a scheduled message."""
    return {
        name: msgspec.to_builtins(getattr(input, name))
        for name in Send.__struct_fields__
        if name not in _APART and getattr(input, name) != getattr(_NOTHING, name)
    }


def as_sent(txn: Transaction, scheduled: Scheduled) -> tuple[Actor, Send]:
    """The call that sends a scheduled message. Raises NotFound when its channel is gone."""
    channel = txn.get(tables.CHANNELS, scheduled.channel)
    if channel is None:
        raise NotFound("Channel")
    user_id = txn.require(tables.USERS, scheduled.sender).user_id if scheduled.sender else ""
    mentioned = [user_id for number in scheduled.mentioned if (user_id := _active_id(txn, number))]
    params = scheduled.params | {"channel_url": channel.channel_url, "mentioned_user_ids": mentioned}
    params["user_id"] = user_id
    if not scheduled.sender:
        params["message_type"] = "ADMM"
    input = send.parse(params)
    assert isinstance(input, Send)
    if scheduled.by_client:
        return Actor(txn.application, scheduled.sender, user_id), input
    return Actor(txn.application, None, None), input


def due(txn: Transaction, limit: int) -> list[int]:
    """Up to `limit` messages that are to be sent now."""
    late = takewhile(lambda item: item[0][0] <= txn.now, txn.scan(tables.DUE))
    return [number for (_, number), _ in islice(late, limit)]


def next_due(txn: Transaction) -> int | None:
    """When the next message is to be sent, in milliseconds."""
    first = next(txn.scan(tables.DUE), None)
    return first[0][0] if first is not None else None


def send_due(txn: Transaction, number: int) -> None:
    """Send a message that is due, in the commit in which it ceases to be. Raises what `messages.send` does."""
    scheduled = txn.get(tables.SCHEDULED, number)
    if scheduled is not None and scheduled.status == PENDING and scheduled.scheduled_at <= txn.now:
        send_scheduled(txn, scheduled)


def fail(txn: Transaction, number: int, reason: str) -> None:
    """Note that a message that is due could not be sent: its sender may look at it, send it after all, or cancel it."""
    scheduled = txn.get(tables.SCHEDULED, number)
    if scheduled is not None and scheduled.status == PENDING:
        tell_sender(txn, events.ScheduledEnded(scheduled.sender, number, FAILED, reason=reason))


def send_scheduled(txn: Transaction, scheduled: Scheduled) -> Resource:
    """Send it now; the message."""
    actor, input = as_sent(txn, scheduled)
    message: Resource = send.function(txn, actor, input)
    end(txn, scheduled, SENT, message["message_id"])
    return message


def end(txn: Transaction, scheduled: Scheduled, status: str, message: int = 0) -> None:
    """Note that it was sent or canceled; its contents are gone from state and log."""
    scrub_scheduled(txn, scheduled)
    tell_sender(txn, events.ScheduledEnded(scheduled.sender, scheduled.number, status, message))


def scrub_scheduled(txn: Transaction, scheduled: Scheduled) -> None:
    """Take what is to be sent out of the event that holds it."""
    entry = txn.require(tables.LOG, scheduled.edit)
    assert isinstance(entry.event, events.MessageScheduled | events.ScheduledChanged)
    event = replace(entry.event, scheduled=bare(entry.event.scheduled))
    txn.put(tables.LOG, scheduled.edit, value=replace(entry, event=event))


def tell_sender(
    txn: Transaction, event: events.MessageScheduled | events.ScheduledChanged | events.ScheduledEnded
) -> None:
    """Write an event and tell the sender's devices; an admin message has none."""
    if event.user:
        emit(txn, event)
    else:
        note(txn, event)


def _active_id(txn: Transaction, number: int) -> str:
    """The id of a user who can be mentioned, empty when there is none any more."""
    user = txn.require(tables.USERS, number)
    return user.user_id if user.is_active and txn.get(tables.USER_IDS, user.user_id) == number else ""
