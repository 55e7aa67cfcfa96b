"""Messages that a filter has acted upon and that were sent all the same: with asterisks, or only noticed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Annotated, Final

from msgspec import Meta

from chatd.domain import shapes
from chatd.domain.channels.access import find_channel
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import ChannelUrl, MessageId, Milliseconds, OptionalUserId
from chatd.domain.fold.stored import current_message
from chatd.domain.messages.details import whole
from chatd.domain.messages.messages import find_message
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import NOBODY
from chatd.domain.users.people import find_user
from chatd.errors import NotFound
from chatd.model import Actor, Channel, Message
from chatd.store import tables
from chatd.store.transaction import Transaction

# So many are looked at on each side of a time, when only some are wanted.
LOOKED_AT: Final = 2000

Side = Annotated[int, Meta(ge=0, le=200)]


class List(Input, frozen=True):
    """Up to `prev_limit` messages up to a time, and up to `next_limit` after it."""

    channel_url: ChannelUrl
    message_ts: Milliseconds
    prev_limit: Side = 15
    next_limit: Side = 15
    user_id: OptionalUserId = ""


class View(Input, frozen=True):
    """A message that a filter has acted upon."""

    channel_url: ChannelUrl
    message_id: MessageId


@command(
    "filtered_messages.list",
    Right.BACKEND,
    Kind.SCAN,
    roles=NOBODY,
    example={"channel_url": "garden", "message_ts": 4_000_000_000_000},
    result=shapes.Messages,
)
def list_filtered(txn: Transaction, actor: Actor, input: List) -> Resource:
    """Messages around a time that a filter changed or noticed, oldest first; also those edited into what it found."""
    channel = find_channel(txn, input.channel_url)
    sender = find_user(txn, input.user_id).number if input.user_id else 0
    before = list(islice(_found(txn, channel, sender, input.message_ts, reverse=True), input.prev_limit))
    after = islice(_found(txn, channel, sender, input.message_ts + 1, reverse=False), input.next_limit)
    return {"messages": [whole(txn, message, channel) for message in (*reversed(before), *after)]}


@command(
    "filtered_messages.view",
    Right.BACKEND,
    Kind.READ,
    roles=NOBODY,
    example={"channel_url": "garden", "message_id": "$filtered"},
    result=shapes.Message,
)
def view(txn: Transaction, actor: Actor, input: View) -> Resource:
    """One of them. NotFound for a message that no filter has acted upon."""
    channel = find_channel(txn, input.channel_url)
    message = find_message(txn, channel, input.message_id)
    if txn.get(tables.FILTERED, channel.number, message.created_at, message.message_id) is None:
        raise NotFound("Message")
    return whole(txn, message, channel)


def _found(txn: Transaction, channel: Channel, sender: int, time: int, *, reverse: bool) -> Iterator[Message]:
    """Those from a time on, forward or back, of one sender or with 0 of all."""
    rows = txn.scan(tables.FILTERED, channel.number, start=(time,), reverse=reverse)
    for (_, _, number), _ in islice(rows, LOOKED_AT):
        message = current_message(txn, number)
        if message is not None and not message.is_removed and sender in (0, message.sender):
            yield message
