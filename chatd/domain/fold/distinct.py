"""Channels that are found by who is in them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from msgspec.structs import replace

from chatd.domain.fold.memberships import members_of
from chatd.model import Channel
from chatd.store import tables
from chatd.store.transaction import Transaction


def distinct_key(members: Iterable[int]) -> bytes:
    """The key under which a distinct channel of exactly these users is found."""
    return hashlib.sha256(b"".join(number.to_bytes(8, "big") for number in sorted(set(members)))).digest()


def end_distinct(txn: Transaction, channel: Channel) -> None:
    """Members are about to change, so a distinct channel ceases to be one."""
    if channel.is_distinct:
        txn.delete(tables.DISTINCT_CHANNELS, distinct_key(members_of(txn, channel.number)))
        txn.put(tables.CHANNELS, channel.number, value=replace(channel, is_distinct=False))
