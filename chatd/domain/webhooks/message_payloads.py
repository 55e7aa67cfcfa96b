"""What is told of messages, of who has read them, and of reactions."""

from __future__ import annotations

from msgspec.structs import replace

from chatd import events
from chatd.domain.channels.unread import unread_in
from chatd.domain.fold.stored import current_message, placed
from chatd.domain.resources.files import file_fields
from chatd.domain.resources.messages import message_type
from chatd.domain.resources.resource import Resource
from chatd.domain.users.unread_counts import unread_of
from chatd.domain.webhooks.parts import told_channel, told_members, told_user, told_users
from chatd.domain.webhooks.payloads import Telling, payload
from chatd.model import Message
from chatd.store import tables
from chatd.store.transaction import Transaction


@payload.register
def _(event: events.MessageSent, txn: Transaction, telling: Telling) -> Resource:
    return told_message(txn, placed(event.message, telling.sequence, telling.time), telling)


@payload.register
def _(event: events.MessageUpdated, txn: Transaction, telling: Telling) -> Resource:
    message = replace(event.message, updated_at=telling.time)
    before = _before(txn, message)
    names = {"message": "text", "data": "data", "custom_type": "custom_type"}
    changes = [
        {"key": key, "old": getattr(before, name), "new": getattr(message, name)}
        for key, name in names.items()
        if getattr(before, name) != getattr(message, name)
    ]
    return told_message(txn, message, telling) | {"changes": changes}


@payload.register
def _(event: events.MessageDeleted, txn: Transaction, telling: Telling) -> Resource:
    message = current_message(txn, event.message_id)
    if message is None:
        entry = txn.require(tables.LOG, event.message_id)
        assert isinstance(entry.event, events.MessageSent)
        message = placed(entry.event.message, event.message_id, entry.time)
    return told_message(txn, message, telling) | {"deleted_at": telling.time}


@payload.register
def _(event: events.ChannelRead, txn: Transaction, telling: Telling) -> Resource:
    read = {"user_id": txn.require(tables.USERS, event.user).user_id, "read_ts": event.read_at}
    if telling.webhook.include_unread_count:
        is_member = txn.get(tables.MEMBERS, event.channel, event.user) is not None
        unread = unread_in(txn, event.channel, event.user) if is_member else 0
        read["channel_unread_message_count"] = unread
        read["total_unread_message_count"] = sum(each.messages for each in unread_of(txn, event.user))
    return {"read_updates": [read]} | _place(txn, event.channel, telling)


@payload.register
def _(event: events.ReactionAdded, txn: Transaction, telling: Telling) -> Resource:
    return _reaction(txn, event, telling)


@payload.register
def _(event: events.ReactionRemoved, txn: Transaction, telling: Telling) -> Resource:
    return _reaction(txn, event, telling)


def _reaction(txn: Transaction, event: events.ReactionAdded | events.ReactionRemoved, telling: Telling) -> Resource:
    message = current_message(txn, event.message_id)
    told = {
        "reaction": event.key,
        "ts": telling.time,
        "user": told_user(txn, event.user),
        "message": _contents(txn, message) if message else {"message_id": event.message_id},
    }
    return told | _place(txn, event.channel, telling)


def told_message(txn: Transaction, message: Message, telling: Telling) -> Resource:
    """A message, with who is in its channel."""
    told: Resource = {
        "type": message_type(message),
        "sender": told_user(txn, message.sender),
        "silent": message.is_silent,
        "sender_ip_addr": "",
        "custom_type": message.custom_type,
        "mention_type": message.mention_type,
        "mentioned_users": told_users(txn, message.mentioned),
        "payload": _contents(txn, message),
        "sdk": "",
    }
    if message.parent:
        told["parent_message_id"] = message.parent
    return told | _place(txn, message.channel, telling)


def _contents(txn: Transaction, message: Message) -> Resource:
    told: Resource = {
        "message_id": message.message_id,
        "custom_type": message.custom_type,
        "message": message.text,
        "translations": {},
        "created_at": message.created_at,
        "data": message.data,
    }
    if len(message.files) == 1:
        (file,) = message.files
        url = file_fields(txn, message)["file"]["url"]
        return told | {"url": url, "filename": file.name, "content_type": file.type, "file_size": file.size}
    return told | file_fields(txn, message)


def _place(txn: Transaction, channel: int, telling: Telling) -> Resource:
    return told_members(txn, channel, telling.webhook) | {"channel": told_channel(txn, channel)}


def _before(txn: Transaction, edited: Message) -> Message:
    """A message as it was before an edit."""
    event = txn.require(tables.LOG, edited.edit or edited.message_id).event
    assert isinstance(event, events.MessageSent | events.MessageUpdated)
    return event.message
