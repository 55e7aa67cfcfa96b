"""Pinned messages of a channel."""

from __future__ import annotations

from chatd import events
from chatd.domain import shapes
from chatd.domain.channels.access import editable_channel, visible_channel
from chatd.domain.channels.channels import as_seen_by
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import ChannelUrl, MessageId
from chatd.domain.fold.stored import current_message
from chatd.domain.messages.details import Wanted, detailed
from chatd.domain.messages.messages import find_message, seen_message
from chatd.domain.messages.pinning import pin_message
from chatd.domain.resources.pins import pinned, pins_of
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import MEMBERS, OPERATORS
from chatd.domain.stream import emit
from chatd.model import Actor, Channel
from chatd.store import tables
from chatd.store.transaction import Transaction

_EXAMPLE = {"channel_url": "garden", "message_id": "$message"}


class Change(Input, frozen=True):
    """A message of a channel."""

    channel_url: ChannelUrl
    message_id: MessageId


class List(Wanted, frozen=True, kw_only=True):
    """The channel whose pinned messages to list."""

    channel_url: ChannelUrl


@command("messages.pin", Right.BOTH, Kind.WRITE, roles=OPERATORS, example=_EXAMPLE, result=shapes.GroupChannel)
def pin(txn: Transaction, actor: Actor, input: Change) -> Resource:
    """Pin a message: an operator of the channel, every member when it has none, or a backend. Answers the channel."""
    channel = editable_channel(txn, actor, input.channel_url, "pin")
    message = seen_message(txn, actor.user, channel, input.message_id)
    pin_message(txn, actor, channel, message.message_id)
    return _shown(txn, actor, channel)


@command("messages.unpin", Right.BOTH, Kind.WRITE, roles=OPERATORS, example=_EXAMPLE, result=shapes.GroupChannel)
def unpin(txn: Transaction, actor: Actor, input: Change) -> Resource:
    """Unpin a message; one that is not pinned stays so. Answers the channel."""
    channel = editable_channel(txn, actor, input.channel_url, "pin")
    message = find_message(txn, channel, input.message_id)
    if txn.get(tables.PINS, channel.number, message.message_id) is not None:
        emit(txn, events.MessageUnpinned(channel.number, message.message_id, actor.user or 0))
    return _shown(txn, actor, channel)


@command(
    "pins.list", Right.BOTH, Kind.READ, roles=MEMBERS, example={"channel_url": "garden"}, result=shapes.PinnedMessages
)
def list_pins(txn: Transaction, actor: Actor, input: List) -> Resource:
    """The pinned messages of a channel, at most ten."""
    channel = visible_channel(txn, actor, input.channel_url)
    found = []
    for message_id, each in pins_of(txn, channel.number):
        message = current_message(txn, message_id)
        if message is None:
            raise LookupError(f"message {message_id} is pinned and not in the log")
        user_id = txn.require(tables.USERS, each.user).user_id if each.user else ""
        shown = detailed(txn, message, channel, input)
        found.append({"message": shown, "pinned_at": each.pinned_at, "user_id": user_id})
    return {"pinned_messages": found}


def _shown(txn: Transaction, actor: Actor, channel: Channel) -> Resource:
    return as_seen_by(txn, actor, channel) | pinned(txn, channel)
