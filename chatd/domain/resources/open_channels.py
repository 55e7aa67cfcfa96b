"""Open channels, as they look from outside."""

from __future__ import annotations

from collections.abc import Iterator

from chatd.domain.resources.messages import MAX_MESSAGE_LENGTH
from chatd.domain.resources.resource import Resource
from chatd.domain.resources.users import basic_user
from chatd.model import Channel, User
from chatd.store import tables
from chatd.store.transaction import Transaction


def open_channel_resource(txn: Transaction, channel: Channel) -> Resource:
    """An open channel, without how many users are in it: that is no state of the store, and an edge adds it."""
    return {
        "channel_url": channel.channel_url,
        "name": channel.name,
        "cover_url": channel.cover_url,
        "custom_type": channel.custom_type,
        "data": channel.data,
        "created_at": channel.created_at // 1000,
        "max_length_message": MAX_MESSAGE_LENGTH,
        "is_ephemeral": channel.is_ephemeral,
        "is_dynamic_partitioned": False,
        "freeze": channel.is_frozen,
        "slow_mode_seconds": channel.slow_seconds,
        "operators": [basic_user(user) for user in _operators(txn, channel.number)],
    }


def _operators(txn: Transaction, channel: int) -> Iterator[User]:
    """Users who operate a channel and can act: who was deleted or forgotten operates nothing."""
    for key, _ in txn.scan(tables.OPERATORS, channel):
        user = txn.require(tables.USERS, key[1])
        if user.is_active:
            yield user
