"""Messages, as they look from outside."""

from __future__ import annotations

from chatd.domain.channels.access import operates
from chatd.domain.messages.lasting import retention_of
from chatd.domain.resources.files import file_fields
from chatd.domain.resources.polls import poll_summary
from chatd.domain.resources.previews import og_tag
from chatd.domain.resources.resource import Resource
from chatd.domain.resources.users import basic_user
from chatd.model import Channel, Message
from chatd.store import tables
from chatd.store.transaction import Transaction

# A text longer than this many characters is refused.


HOUR = 3600


def message_resource(txn: Transaction, message: Message, channel: Channel) -> Resource:
    """A message; an admin message has no `user`."""
    seconds = (
        (message.expires_at - message.created_at) // 1000 if message.expires_at else retention_of(txn, channel).seconds
    )
    resource = {
        "message_id": message.message_id,
        "type": message_type(message),
        "channel_url": channel.channel_url,
        "channel_type": "open" if channel.is_open else "group",
        "message": message.text,
        "data": message.data,
        "custom_type": message.custom_type,
        "created_at": message.created_at,
        "updated_at": message.updated_at,
        "mention_type": message.mention_type,
        "mentioned_users": [basic_user(txn.require(tables.USERS, number)) for number in message.mentioned],
        "is_removed": message.is_removed,
        "is_op_msg": False,
        "silent": message.is_silent,
        "translations": dict(message.translations),
        "file": {},
        "message_survival_seconds": seconds,
        "message_retention_hour": -1 if seconds < 0 else -(-seconds // HOUR),
        "message_events": {
            "send_push_notification": "none" if message.is_silent else "receivers",
            "update_unread_count": not message.is_silent,
            "update_mention_count": True,
            "update_last_message": not message.is_silent,
        },
    }
    if message.sender:
        resource["user"] = _sender(txn, message, channel, resource)
    if message.req_id:
        resource["req_id"] = message.req_id
    if message.files:
        resource |= file_fields(txn, message)
    if "://" in message.text and (preview := og_tag(txn, message)):
        resource["og_tag"] = preview
    if message.poll:
        resource["poll"] = poll_summary(txn, message.poll)
    if message.parent:
        resource["parent_message_id"] = message.parent
        resource["is_reply_to_channel"] = message.is_in_channel
    return resource


def message_type(message: Message) -> str:
    """What kind of message it is."""
    if message.files:
        return "FILE"
    return "MESG" if message.sender else "ADMM"


def _sender(txn: Transaction, message: Message, channel: Channel, resource: Resource) -> Resource:
    sender = basic_user(txn.require(tables.USERS, message.sender))
    is_operator = operates(txn, channel, message.sender)
    sender["role"] = "operator" if is_operator else ""
    resource["is_op_msg"] = is_operator
    return sender
