"""Messages, as they look from outside."""

from __future__ import annotations

from chatd.domain.channels.access import operates
from chatd.domain.messages.lasting import retention_of
from chatd.domain.resources.files import file_fields
from chatd.domain.resources.polls import poll_summary
from chatd.domain.resources.previews import og_tag
from chatd.domain.resources.resource import Resource
from chatd.domain.resources.users import basic_user, basic_users, known_user
from chatd.model import Channel, Message, User
from chatd.store import tables
from chatd.store.transaction import Transaction

# A text longer than this many characters is refused.


HOUR = 3600


def message_resource(txn: Transaction, message: Message, channel: Channel) -> Resource:
    """A message; an admin message has no `user`."""
    return Messages(txn, channel).resource(message)


class Messages:
    """Messages of one channel as they look from outside. What many of them share is looked up once."""

    __slots__ = ("_channel", "_retention_seconds", "_senders", "_txn", "_type")

    def __init__(self, txn: Transaction, channel: Channel) -> None:
        self._txn = txn
        self._channel = channel
        self._type = "open" if channel.is_open else "group"
        self._retention_seconds = retention_of(txn, channel).seconds
        self._senders: dict[int, tuple[User, bool]] = {}

    def resource(self, message: Message) -> Resource:
        """One of them."""
        seconds = (message.expires_at - message.created_at) // 1000 if message.expires_at else self._retention_seconds
        is_told = not message.is_silent
        resource: Resource = {
            "message_id": message.message_id,
            "type": message_type(message),
            "channel_url": self._channel.channel_url,
            "channel_type": self._type,
            "message": message.text,
            "data": message.data,
            "custom_type": message.custom_type,
            "created_at": message.created_at,
            "updated_at": message.updated_at,
            "mention_type": message.mention_type,
            "mentioned_users": basic_users(self._txn, message.mentioned) if message.mentioned else [],
            "is_removed": message.is_removed,
            "is_op_msg": False,
            "silent": message.is_silent,
            "translations": dict(message.translations) if message.translations else {},
            "file": {},
            "message_survival_seconds": seconds,
            "message_retention_hour": -1 if seconds < 0 else -(-seconds // HOUR),
            "message_events": {
                "send_push_notification": "receivers" if asks_for_push(message) else "none",
                "update_unread_count": is_told,
                "update_mention_count": True,
                "update_last_message": is_told,
            },
        }
        if message.sender:
            user, is_operator = self._sender(message.sender)
            resource["is_op_msg"] = is_operator
            resource["user"] = basic_user(user)
            resource["user"]["role"] = "operator" if is_operator else ""
        if message.req_id:
            resource["req_id"] = message.req_id
        is_plain = not (message.files or message.poll or message.parent or message.push or message.forwarded_from)
        if not is_plain or "://" in message.text:
            self._add(message, resource)
        return resource

    def _add(self, message: Message, resource: Resource) -> None:
        """What few messages have."""
        if message.push is not None and message.push.volume >= 0:
            resource["is_apple_critical_alert"] = True
        if message.files:
            resource |= file_fields(self._txn, message)
        if "://" in message.text and (preview := og_tag(self._txn, message)):
            resource["og_tag"] = preview
        if author := known_user(self._txn, message.forwarded_from):
            resource["forwarded_from"] = author
        if message.poll:
            resource["poll"] = poll_summary(self._txn, message.poll)
        if message.parent:
            resource["parent_message_id"] = message.parent
            resource["is_reply_to_channel"] = message.is_in_channel

    def _sender(self, number: int) -> tuple[User, bool]:
        """A sender, and whether they are an operator."""
        found = self._senders.get(number)
        if found is None:
            is_operator = operates(self._txn, self._channel, number)
            found = self._senders[number] = (self._txn.require(tables.USERS, number), is_operator)
        return found


def asks_for_push(message: Message) -> bool:
    """Whether devices are to be told of a message, as far as it says itself."""
    return not message.is_silent and (message.push is None or message.push.is_sent)


def message_type(message: Message) -> str:
    """What kind of message it is."""
    if message.files:
        return "FILE"
    return "MESG" if message.sender else "ADMM"
