"""What is told of receipts and marks of members."""

from __future__ import annotations

from chatd import events
from chatd.domain.channels.unread import unread, unread_mentions
from chatd.domain.publications.dispatch import render
from chatd.domain.resources.resource import Resource
from chatd.store import tables
from chatd.store.transaction import Transaction


@render.register
def _(event: events.ChannelDelivered, txn: Transaction, sequence: int, time: int) -> Resource | None:
    channel = txn.get(tables.CHANNELS, event.channel)
    if channel is None:
        return None
    user_id = txn.require(tables.USERS, event.user).user_id
    return {
        "type": "channel.delivered",
        "channel_url": channel.channel_url,
        "user_id": user_id,
        "delivered_ts": event.delivered_at,
    }


@render.register
def _(event: events.ChannelMarkedUnread, txn: Transaction, sequence: int, time: int) -> Resource | None:
    channel = txn.get(tables.CHANNELS, event.channel)
    member = txn.get(tables.MEMBERS, event.channel, event.user)
    if channel is None or member is None:
        return None
    state = txn.require(tables.CHANNEL_STATES, event.channel)
    return {
        "type": "channel.marked_unread",
        "channel_url": channel.channel_url,
        "message_id": event.message_id,
        "read_ts": event.read_at,
        "unread_message_count": unread(txn, event.channel, state, member),
        "unread_mention_count": unread_mentions(txn, event.channel, event.user, state, member),
    }
