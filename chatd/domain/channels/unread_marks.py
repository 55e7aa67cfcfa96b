"""Marking messages as unread again, for oneself."""

from __future__ import annotations

from chatd import events
from chatd.domain import shapes
from chatd.domain.channels.access import member_channel, membership
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import ChannelUrl, MessageId, OptionalUserId
from chatd.domain.messages.messages import seen_message
from chatd.domain.roles import MEMBERS
from chatd.domain.stream import emit
from chatd.domain.users.people import acting_user
from chatd.model import Actor
from chatd.store.transaction import Transaction


class MarkUnread(Input, frozen=True):
    """The first message that is to be unread."""

    channel_url: ChannelUrl
    message_id: MessageId
    user_id: OptionalUserId = ""


@command(
    "channels.mark_unread",
    Right.BOTH,
    Kind.WRITE,
    roles=MEMBERS,
    example={"channel_url": "garden", "message_id": "$message"},
    result=shapes.Empty,
)
def mark_unread(txn: Transaction, actor: Actor, input: MarkUnread) -> shapes.Empty:
    """Have a message and all after it unread again, on all devices; others see that they were read, as before."""
    channel = member_channel(txn, actor, input.channel_url)
    user = acting_user(txn, actor, input.user_id).number
    member = membership(txn, channel.number, user)
    message = seen_message(txn, user, channel, input.message_id)
    # A silent one has the ordinal of what came before it.
    ordinal = message.ordinal if message.is_silent else message.ordinal - 1
    if ordinal < member.read_ordinal:
        read_at = min(message.created_at - 1, member.read_at)
        emit(txn, events.ChannelMarkedUnread(user, channel.number, message.message_id, ordinal, read_at))
    return {}
