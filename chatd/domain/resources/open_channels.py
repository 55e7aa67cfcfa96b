"""Open channels, as they look from outside."""

from __future__ import annotations

from chatd.domain.fold.filters import rules_of
from chatd.domain.moderation.rules import max_length
from chatd.domain.resources.members import operators_resource
from chatd.domain.resources.resource import Resource
from chatd.model import Channel
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
        "max_length_message": max_length(rules_of(txn, channel.custom_type)),
        "is_ephemeral": channel.is_ephemeral,
        "is_dynamic_partitioned": False,
        "freeze": channel.is_frozen,
        "slow_mode_seconds": channel.slow_seconds,
        "operators": operators_resource(txn, channel.number),
    }
