"""The messages of a channel by time or around a message."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Annotated, Any, Final, Literal

from msgspec import Meta

from chatd.domain import shapes
from chatd.domain.channels.access import visible_channel
from chatd.domain.channels.settings import Place, seen_after
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import ChannelUrl, CustomType, MessageId, Milliseconds, OptionalUserId, UserId
from chatd.domain.fold.stored import current_message
from chatd.domain.messages.details import Wanted, add_details
from chatd.domain.messages.threads import find_thread
from chatd.domain.resources.messages import Messages, message_type
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import MEMBERS
from chatd.errors import MissingParameter, NotFound
from chatd.model import Actor, Channel, Message
from chatd.store import tables
from chatd.store.table import Table
from chatd.store.transaction import Transaction

# What is wanted may be little among much that is not, such as replies and deleted messages: on each side so many are
# looked through.
LOOKED_AT: Final = 1000

Side = Annotated[int, Meta(ge=0, le=200)]

# A message by its time and its id, and whether it is in the list at all, which a reply that stays in its thread is not.
Seen = tuple[int, int, bool]


class List(Wanted, frozen=True, kw_only=True):
    """Up to `prev_limit` messages before a message or a time, those at it, and up to `next_limit` after it.

    With `parent_message_id` they are the replies of a thread.
    """

    channel_url: ChannelUrl
    message_ts: Milliseconds | None = None
    message_id: MessageId = 0
    prev_limit: Side = 15
    next_limit: Side = 15
    include: bool = True
    reverse: bool = False
    including_removed: bool = False
    sender_id: OptionalUserId = ""
    sender_ids: Annotated[tuple[UserId, ...], Meta(max_length=100)] | None = None
    custom_types: Annotated[tuple[CustomType, ...], Meta(max_length=100)] | None = None
    message_type: Literal["", "MESG", "FILE", "ADMM"] = ""
    parent_message_id: MessageId = 0
    include_reply_type: Literal["NONE", "ALL", "ONLY_REPLY_TO_CHANNEL"] = "NONE"


class Count(Input, frozen=True):
    """The channel whose messages to count."""

    channel_url: ChannelUrl


@command(
    "messages.list",
    Right.BOTH,
    Kind.READ,
    roles=MEMBERS,
    example={"channel_url": "garden", "message_id": "$message", "prev_limit": 10, "next_limit": 10},
    result=shapes.Messages,
)
def list_messages(txn: Transaction, actor: Actor, input: List) -> Resource:
    """Messages around a place, oldest first, or newest first with `reverse`.

    It looks through up to a thousand messages on each side, also those that are not listed, such as replies. When there
    were too few among them it says from which message to go on: `prev_message_id`, `next_message_id`.
    """
    channel = visible_channel(txn, actor, input.channel_url)
    if channel.is_ephemeral:
        return {"messages": []}
    filters = _Filters(txn, input)
    line = _Line(txn, channel, input, seen_after(txn, actor.user, channel.number))
    place = _place(txn, channel, input, line.after)
    there, backward = line.backward(place)
    at, _ = _take(filters, there, None) if input.include else ([], 0)
    before, earlier = _take(filters, backward, input.prev_limit)
    after, later = _take(filters, line.forward(place[1]), input.next_limit)
    messages = [*reversed(before), *reversed(at), *after]
    if input.reverse:
        messages.reverse()
    shown = Messages(txn, channel)
    found = [shown.resource(message) for message in messages]
    if input.is_more:
        for resource, message in zip(found, messages, strict=True):
            add_details(txn, resource, message, input, line.after)
    places = {"prev_message_id": earlier, "next_message_id": later}
    return {"messages": found} | {name: message_id for name, message_id in places.items() if message_id}


@command(
    "messages.count",
    Right.BOTH,
    Kind.READ,
    roles=MEMBERS,
    example={"channel_url": "garden"},
    result=shapes.Total,
)
def count(txn: Transaction, actor: Actor, input: Count) -> Resource:
    """How many messages a channel has."""
    channel = visible_channel(txn, actor, input.channel_url)
    return {"total": txn.require(tables.CHANNEL_STATES, channel.number).message_count}


class _Filters:
    """Which messages of a list are wanted."""

    def __init__(self, txn: Transaction, input: List) -> None:
        self.txn = txn
        self.including_removed = input.including_removed
        self.type = input.message_type
        self.custom_types = None if input.custom_types in (None, ("*",)) else set(input.custom_types or ())
        ids = [*(input.sender_ids or ()), *([input.sender_id] if input.sender_id else [])]
        self.is_picky = bool(ids or self.type or self.custom_types is not None)
        self.replies = "ALL" if input.parent_message_id else input.include_reply_type
        self.senders = {txn.get(tables.USER_IDS, user_id) for user_id in ids} if ids else None

    def __contains__(self, message: Message) -> bool:
        return (
            (not message.is_removed or self.including_removed)
            and (not message.parent or self._shows(message))
            and (not self.is_picky or self._picks(message))
        )

    def _shows(self, reply: Message) -> bool:
        return self.replies == "ALL" or (self.replies == "ONLY_REPLY_TO_CHANNEL" and reply.is_in_channel)

    def _picks(self, message: Message) -> bool:
        return (
            self.type in ("", message_type(message))
            and (self.custom_types is None or message.custom_type in self.custom_types)
            and (self.senders is None or message.sender in self.senders)
        )


class _Line:
    """Messages in the order of time: those of a channel, with or without replies, or the replies to one of them.

    What is not `after` a place the caller does not see.
    """

    def __init__(self, txn: Transaction, channel: Channel, input: List, after: Place) -> None:
        self._txn = txn
        self.after = after
        parent = input.parent_message_id
        self._table: Table[Any] = tables.REPLIES if parent else tables.TIMELINE
        self._scope = find_thread(txn, channel, parent) if parent else channel.number
        # What a thread keeps to itself is passed over by its mark: looking at each would take long.
        self._has_all = bool(parent) or input.include_reply_type == "ALL"

    def backward(self, place: tuple[Place, Place]) -> tuple[list[Seen], Iterator[Seen]]:
        """Those at a place, and those before it, the latest first: one way through the table."""
        there: list[Seen] = []
        line = self._backward(place[1])
        for seen in line:
            if seen < place[0]:
                return there, chain((seen,), line)
            there.append(seen)
        return there, line

    def forward(self, last: Place) -> Iterator[Seen]:
        """Those after a message, the nearest first."""
        begin, has_all = max(last, self.after), self._has_all
        for (_, time, message_id), is_hidden in self._txn.scan(self._table, self._scope, start=begin):
            if (time, message_id) > last:
                yield time, message_id, has_all or not is_hidden

    def _backward(self, last: Place) -> Iterator[Seen]:
        after, has_all = self.after, self._has_all
        for (_, time, message_id), is_hidden in self._txn.scan(self._table, self._scope, start=last, reverse=True):
            if (time, message_id) <= after:
                return
            yield time, message_id, has_all or not is_hidden


def _place(txn: Transaction, channel: Channel, input: List, after: Place) -> tuple[Place, Place]:
    """The first and last (time, id) of the reference. `message_id` 0 is the same as none."""
    if input.message_id:
        message = current_message(txn, input.message_id)
        if message is None or message.channel != channel.number:
            raise NotFound("Message")
        exact = (message.created_at, input.message_id)
        if exact <= after:
            raise NotFound("Message")
        return exact, exact
    if input.message_ts is None:
        raise MissingParameter("message_ts")
    return (input.message_ts, 0), (input.message_ts, 2**64 - 1)


def _take(filters: _Filters, line: Iterable[Seen], limit: int | None) -> tuple[list[Message], int]:
    """Up to `limit` messages that are wanted, and the last one that was looked at, 0 when there was no need to stop."""
    found: list[Message] = []
    for looked_at, (_, message_id, is_shown) in enumerate(line if limit != 0 else (), 1):
        message = current_message(filters.txn, message_id) if is_shown else None
        if message is not None and message in filters:
            found.append(message)
            if len(found) == limit:
                break
        if looked_at == LOOKED_AT and limit is not None:
            return found, message_id
    return found, 0
