"""Delivery receipts: what has reached a device of a member, before it is read."""

from __future__ import annotations

from chatd import events
from chatd.domain import shapes
from chatd.domain.channels.access import member_channel, membership
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import ChannelUrl, MessageId, OptionalUserId
from chatd.domain.messages.messages import find_message
from chatd.domain.roles import MEMBERS
from chatd.domain.stream import SMALL_CHANNEL, emit
from chatd.domain.users.people import acting_user
from chatd.model import Actor
from chatd.store import tables
from chatd.store.transaction import Transaction


class MarkDelivered(Input, frozen=True):
    """Which message has arrived; absent for all that there are."""

    channel_url: ChannelUrl
    user_id: OptionalUserId = ""
    message_id: MessageId = 0


@command(
    "channels.mark_delivered",
    Right.BOTH,
    Kind.WRITE,
    roles=MEMBERS,
    example={"channel_url": "garden", "message_id": "$message"},
    result=shapes.Delivered,
)
def mark_delivered(txn: Transaction, actor: Actor, input: MarkDelivered) -> shapes.Delivered:
    """Say that messages have reached a device. In a channel of more than a hundred members nothing is noted."""
    channel = member_channel(txn, actor, input.channel_url)
    user = acting_user(txn, actor, input.user_id).number
    member = membership(txn, channel.number, user)
    state = txn.require(tables.CHANNEL_STATES, channel.number)
    at = find_message(txn, channel, input.message_id).created_at if input.message_id else txn.now
    is_news = member.was_delivered_at < min(at, state.last_message_at)
    if is_news and state.member_count <= SMALL_CHANNEL:
        emit(txn, events.ChannelDelivered(channel.number, user, at))
    return {"ts": max(at, member.was_delivered_at)}
