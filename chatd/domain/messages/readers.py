"""Who has read a message, and whom it has reached."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Final, Literal

from chatd.domain import shapes
from chatd.domain.channels.access import member_channel
from chatd.domain.channels.receipts import has_read, has_received
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import ChannelUrl, MessageId, PageLimit, PageToken
from chatd.domain.messages.messages import seen_message
from chatd.domain.paging import Page
from chatd.domain.resources.resource import Resource
from chatd.domain.resources.users import basic_user
from chatd.domain.roles import MEMBERS
from chatd.model import Actor, Member, Message
from chatd.store import tables
from chatd.store.transaction import Transaction

# A page ends after looking at so many members, also when few of them are shown.
MAX_LOOKED_AT: Final = 1000

_TESTS: MappingProxyType[str, Callable[[Member, int], bool]] = MappingProxyType(
    {
        "read": has_read,
        "unread": lambda member, at: not has_read(member, at),
        "delivered": has_received,
        "undelivered": lambda member, at: not has_received(member, at),
    }
)


class Readers(Input, frozen=True):
    """The message, and whom to list."""

    channel_url: ChannelUrl
    message_id: MessageId
    state: Literal["read", "unread", "delivered", "undelivered"] = "read"
    token: PageToken = ""
    limit: PageLimit = 10


@command(
    "messages.readers",
    Right.BOTH,
    Kind.SCAN,
    roles=MEMBERS,
    example={"channel_url": "garden", "message_id": "$message", "state": "unread"},
    result=shapes.Readers,
)
def readers(txn: Transaction, actor: Actor, input: Readers) -> Resource:
    """Members who were there when a message was sent and have read it, or have not; without its sender.

    A page may be short, or empty, though more follow. Up to a thousand members it says how many they are.
    """
    channel = member_channel(txn, actor, input.channel_url)
    message = seen_message(txn, actor.user, channel, input.message_id)
    page = Page(input.token, input.limit, (int,))
    for looked_at, ((_, user), member) in enumerate(txn.scan(tables.MEMBERS, channel.number, start=page.start)):
        if looked_at == MAX_LOOKED_AT:
            page.cut((user,))
            break
        if _is_one(message, user, member, input) and not page.add((user,), _resource(txn, user, member)):
            break
    return {"users": page.items, "next": page.next} | _total(txn, message, input)


def _is_one(message: Message, user: int, member: Member, input: Readers) -> bool:
    was_there = user != message.sender and member.joined_at <= message.created_at
    return was_there and _TESTS[input.state](member, message.created_at)


def _total(txn: Transaction, message: Message, input: Readers) -> Resource:
    """How many they are, in a channel whose members may all be looked at."""
    if txn.require(tables.CHANNEL_STATES, message.channel).member_count > MAX_LOOKED_AT:
        return {}
    members = txn.scan(tables.MEMBERS, message.channel)
    return {"total_count": sum(_is_one(message, key[1], member, input) for key, member in members)}


def _resource(txn: Transaction, user: int, member: Member) -> Resource:
    return basic_user(txn.require(tables.USERS, user)) | {
        "read_ts": member.was_read_at,
        "delivered_ts": member.was_delivered_at,
    }
