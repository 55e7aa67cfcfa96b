"""Which bots are told of a message, and what they are told."""

from __future__ import annotations

from typing import Final

from chatd import events
from chatd.domain.fold.stored import current_message
from chatd.domain.resources.channels import channel_resource
from chatd.domain.resources.members import members_resource
from chatd.domain.resources.messages import message_resource
from chatd.domain.resources.resource import Resource
from chatd.domain.resources.users import basic_user
from chatd.domain.stream import emit
from chatd.model import Bot, Message
from chatd.store import tables
from chatd.store.transaction import Transaction

CATEGORY: Final = "bot_message_notification"
# A message that begins so is meant for bots.
COMMAND: Final = "/"


def bots_told(txn: Transaction, message: Message) -> list[int]:
    """The numbers of the bots that are told of a message, ascending: those in its channel for whom it is meant.

    What a bot wrote is told to none, so that two of them cannot answer each other for ever.
    """
    sender = txn.get(tables.USERS, message.sender)
    if message.is_removed or (sender is not None and sender.is_bot):
        return []
    bots = [user for (_, user), _ in txn.scan(tables.CHANNEL_BOTS, message.channel)]
    return [user for user in bots if _is_meant(txn.get(tables.BOTS, user), message, user)]


def bot_notification(txn: Transaction, user: int, message_id: int) -> Resource | None:
    """What a bot is told of a message at its callback URL; None when one of them is gone, or it may not see it."""
    bot, message = txn.get(tables.BOTS, user), current_message(txn, message_id)
    channel = txn.get(tables.CHANNELS, message.channel) if message is not None else None
    if bot is None or message is None or message.is_removed or channel is None or not _may_see(txn, user, message):
        return None
    told = {
        "category": CATEGORY,
        "app_id": txn.require(tables.APPLICATIONS, txn.application).application_id,
        "sender": basic_user(txn.require(tables.USERS, message.sender)) if message.sender else {},
        "bot": _named(txn, user),
        "channel": channel_resource(txn, channel, txn.require(tables.CHANNEL_STATES, channel.number)),
        "channel_type": "group_messaging",
        "message": message_resource(txn, message, channel) | {"text": message.text},
        "mentioned": [basic_user(txn.require(tables.USERS, number)) for number in message.mentioned],
    }
    return told | ({"members": members_resource(txn, channel.number)} if bot.show_member else {})


def mark_told(txn: Transaction, user: int, message_id: int) -> None:
    """A bot was told of a message: unless it does not want that, it has read its channel up to there."""
    bot, message = txn.get(tables.BOTS, user), current_message(txn, message_id)
    if bot is None or message is None or not bot.enable_mark_as_read:
        return
    member = txn.get(tables.MEMBERS, message.channel, user)
    is_there = member is not None and txn.get(tables.CHANNELS, message.channel) is not None
    if member is not None and is_there and member.read_ordinal < message.ordinal:
        emit(txn, events.ChannelRead(message.channel, user, message.ordinal, message.created_at))


def _may_see(txn: Transaction, user: int, message: Message) -> bool:
    """Whether a bot is active, and is a member of the channel and was when the message came."""
    member = txn.get(tables.MEMBERS, message.channel, user)
    return member is not None and member.since < message.message_id and txn.require(tables.USERS, user).is_active


def _is_meant(bot: Bot | None, message: Message, user: int) -> bool:
    if bot is None:
        return False
    is_named = user in message.mentioned or message.mention_type == "channel"
    return not bot.is_privacy_mode or is_named or message.text.startswith(COMMAND)


def _named(txn: Transaction, user: int) -> Resource:
    record = txn.require(tables.USERS, user)
    return {"bot_userid": record.user_id, "bot_nickname": record.nickname}
