"""What is told of permissions: the members of a channel hear what they may do in it now."""

from __future__ import annotations

from chatd import events
from chatd.domain.publications.dispatch import render
from chatd.domain.resources.permissions import channel_permissions
from chatd.domain.resources.resource import Resource
from chatd.store import tables
from chatd.store.transaction import Transaction


@render.register
def _(event: events.PermissionsChanged, txn: Transaction, sequence: int, time: int) -> Resource | None:
    channel = txn.get(tables.CHANNELS, event.channel) if event.channel else None
    if channel is None:
        return None
    return {"type": "channel.permissions_changed"} | channel_permissions(txn, channel)
