"""What unread counts need beside ordinals: which messages are gone, and whom the others mention.

Each message stands here for itself, whoever has read it and whoever is a member: reading, leaving and coming back
change nothing, and marking as unread brings mentions back.
"""

from __future__ import annotations

from collections.abc import Set
from typing import Final

from msgspec.structs import replace

from chatd.model import Message
from chatd.store import tables, tally
from chatd.store.transaction import Transaction

# So many rows of a deleted channel go with one event.
AT_ONCE: Final = 1000


def mention(txn: Transaction, message: Message, change: int = 1) -> None:
    """Note whom a message mentions, or with -1 that it does not any more. A silent one mentions nobody."""
    if message.is_silent:
        return
    if message.mention_type == "channel":
        tally.count(txn, tables.CHANNEL_MENTIONS, message.channel, place=message.ordinal, change=change)
    for user in message.mentioned:
        tally.count(txn, tables.MENTIONS, user, message.channel, place=message.ordinal, change=change)


def miss(txn: Transaction, message: Message) -> None:
    """Note that a message is gone: nobody has it unread any more."""
    mention(txn, message, -1)
    if not message.is_silent:
        tally.count(txn, tables.GONE_ORDINALS, message.channel, place=message.ordinal)


def expire(txn: Transaction, message: Message, was_deleted: bool) -> None:
    """Note that a message is too old to be kept: nobody asks for what was gone before it."""
    if not was_deleted:
        mention(txn, message, -1)
    elif not message.is_silent:
        tally.count(txn, tables.GONE_ORDINALS, message.channel, place=message.ordinal, change=-1)


def erase(txn: Transaction, message: Message, was_deleted: bool) -> None:
    """Note that a message is removed for good, wherever it is; its channel may have been deleted before."""
    if was_deleted:
        return
    if txn.get(tables.CHANNEL_STATES, message.channel) is None:
        mention(txn, message, -1)
    else:
        miss(txn, message)


def forget(txn: Transaction, message: Message, users: Set[int]) -> None:
    """Note that a message mentions some users no more, who are erased."""
    erased = tuple(user for user in message.mentioned if user in users)
    mention(txn, replace(message, mention_type="users", mentioned=erased), -1)
