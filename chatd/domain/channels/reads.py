"""Read marks and unread counts of channels."""

from __future__ import annotations

from itertools import islice
from typing import Annotated, NamedTuple

from msgspec import Meta

from chatd import events
from chatd.domain import shapes
from chatd.domain.channels.access import find_channel, member_channel, membership
from chatd.domain.channels.memberships import channels_of
from chatd.domain.channels.unread import unread_in
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import ChannelUrl, MessageId, Milliseconds, OptionalUserId, UserIds
from chatd.domain.fold.stored import current_message
from chatd.domain.messages.messages import find_message
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import MEMBERS
from chatd.domain.stream import emit
from chatd.domain.users.people import acting_user, find_user
from chatd.model import Actor, Channel, Message
from chatd.store import tables
from chatd.store.transaction import Transaction


class MarkRead(Input, frozen=True):
    """How far a channel has been read: to a message, to a time, or to its end."""

    channel_url: ChannelUrl
    user_id: OptionalUserId = ""
    message_id: MessageId = 0
    timestamp: Milliseconds | None = None


class MarkAllRead(Input, frozen=True):
    """The channels that have been read to their end; absent for all."""

    user_id: OptionalUserId = ""
    channel_urls: Annotated[tuple[ChannelUrl, ...], Meta(max_length=100)] | None = None


class UnreadCount(Input, frozen=True):
    """Members whose unread messages to count; absent for the first 100. A client counts its own."""

    channel_url: ChannelUrl
    user_ids: UserIds | None = None


class _Mark(NamedTuple):
    """Up to where a channel has been read: the ordinal, a time in milliseconds, and which message; 0 for all."""

    ordinal: int
    read_at: int
    message: int = 0


@command(
    "channels.mark_read",
    Right.BOTH,
    Kind.WRITE,
    roles=MEMBERS,
    example={"channel_url": "garden", "message_id": "$message"},
    result=shapes.Empty,
)
def mark_read(txn: Transaction, actor: Actor, input: MarkRead) -> Resource:
    """Move the caller's read mark forward; it never moves back."""
    channel = member_channel(txn, actor, input.channel_url)
    user = acting_user(txn, actor, input.user_id).number
    _move(txn, channel.number, user, _mark(txn, channel, input))
    return {}


@command(
    "channels.mark_all_read",
    Right.BOTH,
    Kind.WRITE,
    roles=MEMBERS,
    example={"channel_urls": ["square"]},
    result=shapes.Empty,
)
def mark_all_read(txn: Transaction, actor: Actor, input: MarkAllRead) -> Resource:
    """Move the caller's read marks of several or all channels to their ends."""
    user = acting_user(txn, actor, input.user_id).number
    if input.channel_urls is None:
        numbers = channels_of(txn, user)
    else:
        numbers = [find_channel(txn, channel_url).number for channel_url in input.channel_urls]
    for number in numbers:
        _move(txn, number, user, _end(txn, number))
    return {}


@command(
    "channels.unread_count",
    Right.BOTH,
    Kind.READ,
    roles=MEMBERS,
    example={"channel_url": "garden"},
    result=shapes.UnreadByUser,
)
def unread_count(txn: Transaction, actor: Actor, input: UnreadCount) -> Resource:
    """Unread messages by user id."""
    channel = member_channel(txn, actor, input.channel_url)
    if actor.user is not None:
        user_ids: tuple[str, ...] = (acting_user(txn, actor).user_id,)
    else:
        user_ids = input.user_ids or _member_ids(txn, channel)
    unread = {}
    for user_id in user_ids:
        user = find_user(txn, user_id).number
        membership(txn, channel.number, user)
        unread[user_id] = unread_in(txn, channel.number, user)
    return {"unread": unread}


def _mark(txn: Transaction, channel: Channel, input: MarkRead) -> _Mark:
    if input.message_id:
        message = find_message(txn, channel, input.message_id)
        return _Mark(message.ordinal, message.created_at, message.message_id)
    if input.timestamp is not None and input.timestamp < txn.now:
        last = _last_until(txn, channel.number, input.timestamp)
        return _Mark(last.ordinal, input.timestamp, last.message_id) if last else _Mark(0, input.timestamp)
    return _end(txn, channel.number)


def _end(txn: Transaction, channel: int) -> _Mark:
    return _Mark(txn.require(tables.CHANNEL_STATES, channel).ordinal, txn.now)


def _last_until(txn: Transaction, channel: int, time: int) -> Message | None:
    """The newest message of a channel sent at `time` or before."""
    for key, _ in txn.scan(tables.TIMELINE, channel, start=(time, 2**64 - 1), reverse=True):
        return current_message(txn, key[2])
    return None


def _move(txn: Transaction, channel: int, user: int, mark: _Mark) -> None:
    if mark.ordinal > membership(txn, channel, user).read_ordinal:
        emit(txn, events.ChannelRead(channel, user, *mark))


def _member_ids(txn: Transaction, channel: Channel) -> tuple[str, ...]:
    keys = islice(txn.scan(tables.MEMBERS, channel.number), 100)
    return tuple(txn.require(tables.USERS, user).user_id for (_, user), _ in keys)
