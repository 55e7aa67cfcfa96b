"""Messages, as they look from outside."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from chatd.domain.channels.access import operates
from chatd.domain.messages.lasting import retention_of
from chatd.domain.resources.files import file_fields
from chatd.domain.resources.polls import poll_summary
from chatd.domain.resources.previews import og_tag
from chatd.domain.resources.resource import Resource
from chatd.domain.resources.users import basic_user, basic_users, known_user
from chatd.model import Channel, Message
from chatd.store import tables
from chatd.store.transaction import Transaction

HOUR = 3600
OPERATOR: Final = "operator"
# Channels for which it is remembered what is the same in their messages, about a kilobyte for each.
_CHANNELS: Final = 1000


def message_resource(txn: Transaction, message: Message, channel: Channel) -> Resource:
    """A message; an admin message has no `user`."""
    return Messages(txn, channel).resource(message)


class Messages:
    """Messages of one channel as they look from outside. What many of them share is looked up once."""

    __slots__ = ("_channel", "_plain", "_senders", "_txn")

    def __init__(self, txn: Transaction, channel: Channel) -> None:
        self._txn = txn
        self._channel = channel
        self._senders: dict[int, Resource] = {}
        self._plain = _plain(channel.channel_url, channel.is_open, retention_of(txn, channel).seconds)

    def resource(self, message: Message) -> Resource:
        """One of them. What is inside of it may be inside of others too: nobody changes that."""
        resource = self._plain.copy()
        resource["message_id"] = message.message_id
        resource["message"] = message.text
        resource["data"] = message.data
        resource["custom_type"] = message.custom_type
        resource["created_at"] = message.created_at
        resource["updated_at"] = message.updated_at
        resource["mention_type"] = message.mention_type
        if message.sender:
            resource["user"] = sender = self._senders.get(message.sender) or self._sender(message.sender)
            resource["is_op_msg"] = sender["role"] == OPERATOR
        if message.req_id:
            resource["req_id"] = message.req_id
        if _is_special(message):
            self._add(message, resource)
        return resource

    def _add(self, message: Message, resource: Resource) -> None:
        """What few messages have."""
        resource["type"] = message_type(message)
        resource["is_removed"] = message.is_removed
        resource["silent"] = message.is_silent
        resource["message_events"] = _events(not message.is_silent, asks_for_push(message))
        resource["mentioned_users"] = basic_users(self._txn, message.mentioned)
        resource["translations"] = dict(message.translations)
        if message.expires_at:
            resource |= _kept((message.expires_at - message.created_at) // 1000)
        if message.push is not None and message.push.volume >= 0:
            resource["is_apple_critical_alert"] = True
        self._add_others(message, resource)

    def _add_others(self, message: Message, resource: Resource) -> None:
        """What is not of the message alone: its files, a poll, other messages."""
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

    def _sender(self, number: int) -> Resource:
        """A sender, the same object in all of their messages."""
        sender = self._senders[number] = basic_user(self._txn.require(tables.USERS, number))
        sender["role"] = OPERATOR if operates(self._txn, self._channel, number) else ""
        return sender


def _is_special(message: Message) -> bool:
    """Whether a message is more than what somebody wrote."""
    return bool(
        message.files
        or message.parent
        or message.mentioned
        or message.is_removed
        or message.is_silent
        or message.translations
        or message.expires_at
        or message.push
        or message.poll
        or message.forwarded_from
        or not message.sender
        or "://" in message.text
    )


@lru_cache(_CHANNELS)
def _plain(channel_url: str, is_open: bool, seconds: int) -> Resource:
    """What all messages of a channel look like that are not special. Nobody changes it: it is remembered."""
    return {
        "message_id": 0,
        "type": "MESG",
        "channel_url": channel_url,
        "channel_type": "open" if is_open else "group",
        "message": "",
        "data": "",
        "custom_type": "",
        "created_at": 0,
        "updated_at": 0,
        "mention_type": "",
        "mentioned_users": [],
        "is_removed": False,
        "is_op_msg": False,
        "silent": False,
        "translations": {},
        "file": {},
        "message_events": _events(True, True),
        **_kept(seconds),
    }


def _kept(seconds: int) -> Resource:
    """How long a message is kept; -1 for ever."""
    return {
        "message_survival_seconds": seconds,
        "message_retention_hour": -1 if seconds < 0 else -(-seconds // HOUR),
    }


def _events(is_told: bool, asks_for_push: bool) -> Resource:
    return {
        "send_push_notification": "receivers" if asks_for_push else "none",
        "update_unread_count": is_told,
        "update_mention_count": True,
        "update_last_message": is_told,
    }


def asks_for_push(message: Message) -> bool:
    """Whether devices are to be told of a message, as far as it says itself."""
    return not message.is_silent and (message.push is None or message.push.is_sent)


def message_type(message: Message) -> str:
    """What kind of message it is."""
    if message.files:
        return "FILE"
    return "MESG" if message.sender else "ADMM"
