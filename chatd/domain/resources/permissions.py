"""Permissions, as they look from outside."""

from __future__ import annotations

from typing import get_args

from chatd.domain.channels.access import Deed, permits
from chatd.domain.resources.resource import Resource
from chatd.model import Channel
from chatd.store.transaction import Transaction


def channel_permissions(txn: Transaction, channel: Channel) -> Resource:
    """What those who are no operators may do in a channel."""
    allowed = {deed: permits(txn, channel, deed) for deed in get_args(Deed)}
    return {"channel_url": channel.channel_url, "permissions": allowed}
