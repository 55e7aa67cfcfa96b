"""Copying a message to another channel, or forwarding it: text, data, meta and files, as a message of the caller."""

from __future__ import annotations

from chatd.domain import shapes
from chatd.domain.channels.access import visible_channel
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import ChannelUrl, MessageId, OptionalUserId, ReqId
from chatd.domain.messages.files import Shared
from chatd.domain.messages.messages import Send, post, repeated, seen_message
from chatd.domain.messages.sorted_meta import MetaItem
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import MEMBERS
from chatd.domain.users.people import acting_user
from chatd.errors import Unacceptable
from chatd.model import Actor, Message
from chatd.store.transaction import Transaction

_EXAMPLE = {"channel_url": "garden", "message_id": "$message", "target_channel_url": "square", "req_id": "c-1"}


class Copy(Input, frozen=True):
    """A message that the caller may read, and a channel to which they may write."""

    channel_url: ChannelUrl
    message_id: MessageId
    target_channel_url: ChannelUrl
    user_id: OptionalUserId = ""
    req_id: ReqId = ""


@command("messages.copy", Right.BOTH, Kind.WRITE, roles=MEMBERS, example=_EXAMPLE, result=shapes.Message)
def copy(txn: Transaction, actor: Actor, input: Copy) -> Resource:
    """Send what a message holds to another channel, as `messages.send` does; a poll stays where it is.

    The copy is a message of its own: it stays when the other one is edited or deleted, and says who said it first.
    Files are not stored twice.
    """
    user = acting_user(txn, actor, input.user_id)
    first = repeated(txn, user.number, input.req_id, input.target_channel_url)
    if first is not None:
        return first
    message = seen_message(txn, actor.user, visible_channel(txn, actor, input.channel_url), input.message_id)
    if message.poll:
        raise Unacceptable("A poll stays in its channel: its message cannot be copied.")
    return post(txn, actor, _sent(message, input), message.forwarded_from or message.sender)


def _sent(message: Message, input: Copy) -> Send:
    return Send(
        channel_url=input.target_channel_url,
        message=message.text,
        user_id=input.user_id,
        custom_type=message.custom_type,
        data=message.data,
        req_id=input.req_id,
        files=tuple(Shared(file=file) for file in message.files),
        sorted_metaarray=tuple(MetaItem(key, values) for key, values in message.meta),
    )
