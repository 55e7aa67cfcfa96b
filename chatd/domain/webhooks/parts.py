"""What payloads are made of: channels, users, members, as webhooks speak of them."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from chatd import events
from chatd.domain.channels.unread import unread
from chatd.domain.resources.members import first_members
from chatd.domain.resources.resource import Resource
from chatd.model import Channel, User, Webhook
from chatd.store import tables
from chatd.store.transaction import Transaction


def channel_of(txn: Transaction, number: int) -> Channel:
    """A channel as it is, or as it was made when it is no more."""
    channel = txn.get(tables.CHANNELS, number)
    if channel is not None:
        return channel
    entry = txn.require(tables.LOG, number)
    assert isinstance(entry.event, events.ChannelCreated)
    return replace(entry.event.channel, number=number, created_at=entry.event.channel.created_at or entry.time)


def told_channel(txn: Transaction, number: int) -> Resource:
    """A channel."""
    channel = channel_of(txn, number)
    told = {
        "name": channel.name,
        "channel_url": channel.channel_url,
        "custom_type": channel.custom_type,
        "data": channel.data,
        "cover_url": channel.cover_url,
        "freeze": channel.is_frozen,
    }
    if channel.is_open:
        return told
    return told | {
        "is_distinct": channel.is_distinct,
        "is_public": channel.is_public,
        "is_super": channel.is_super,
        "is_ephemeral": channel.is_ephemeral,
        "is_discoverable": channel.is_public and channel.is_discoverable,
    }


def told_user(txn: Transaction, number: int) -> Resource | None:
    """A user; None for nobody, whose number is 0."""
    return _user(txn.require(tables.USERS, number)) if number else None


def told_users(txn: Transaction, numbers: Iterable[int]) -> list[Resource]:
    """Users."""
    return [_user(txn.require(tables.USERS, number)) for number in numbers]


def told_members(txn: Transaction, number: int, webhook: Webhook) -> Resource:
    """`members`: the first hundred members of a channel, when they are asked for and it is no super channel."""
    channel = txn.get(tables.CHANNELS, number)
    if not webhook.include_members or channel is None or channel.is_open:
        return {}
    state = txn.require(tables.CHANNEL_STATES, number)
    found = []
    for user, member in first_members(txn, number):
        record = txn.require(tables.USERS, user)
        told = _user(record) | {"is_active": record.is_active, "state": "joined"}
        if webhook.include_unread_count:
            told["channel_unread_message_count"] = told["unread_message_count"] = unread(txn, number, state, member)
        found.append(told)
    return {"members": found}


def _user(user: User) -> Resource:
    return {
        "user_id": user.user_id,
        "nickname": user.nickname,
        "profile_url": user.profile_url,
        "metadata": user.metadata,
    }
