"""Channels that are found by who is in them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from msgspec.structs import replace

from chatd.domain.fold.memberships import members_of
from chatd.domain.fold.openings import invited_to
from chatd.model import Channel
from chatd.store import tables
from chatd.store.transaction import Transaction

Key = tuple[bytes, bytes]


def distinct_key(members: Iterable[int], custom_type: str) -> Key:
    """Where a distinct channel of exactly these users, members or invited, and this type has its place."""
    users = b"".join(number.to_bytes(8, "big") for number in sorted(set(members)))
    return hashlib.sha256(users).digest(), hashlib.sha256(custom_type.encode()).digest()


def find_distinct(txn: Transaction, members: Iterable[int], custom_type: str) -> int | None:
    """The distinct channel of exactly these users and this type; without a type one of any, best one without."""
    users, kind = distinct_key(members, custom_type)
    found = txn.get(tables.DISTINCT, users, kind)
    if found is None and not custom_type:
        return next((number for _, number in txn.scan(tables.DISTINCT, users)), None)
    return found


def key_of(txn: Transaction, channel: Channel) -> Key:
    """Where a channel has its place while it is distinct."""
    return distinct_key((*members_of(txn, channel.number), *invited_to(txn, channel.number)), channel.custom_type)


def end_distinct(txn: Transaction, channel: Channel) -> None:
    """Who belongs to a channel is about to change, so a distinct channel ceases to be one."""
    if channel.is_distinct:
        txn.delete(tables.DISTINCT, *key_of(txn, channel))
        txn.put(tables.CHANNELS, channel.number, value=replace(channel, is_distinct=False))
