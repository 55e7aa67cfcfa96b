"""How the settings of filters change, and how often each user was filtered."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from typing import Final

from chatd import events
from chatd.domain.fold.dispatch import apply
from chatd.model import Moderation
from chatd.store import tables
from chatd.store.transaction import Transaction

# More are never asked for: see the limit of `count`.
MAX_HITS: Final = 100


@lru_cache(1024)
def type_key(custom_type: str) -> bytes:
    """The key of a custom type, which may be longer than keys are."""
    return sha256(custom_type.encode()).digest()


# Settings of channels: those of their custom type before those of the application.
Rules = tuple[Moderation, ...]

# The application's settings are those of no custom type.
COMMON: Final = type_key("")


def rules_of(txn: Transaction, custom_type: str) -> Rules:
    """The settings that channels of a custom type have, their own before those of the application."""
    common = txn.get(tables.MODERATION, COMMON)
    rules = () if common is None else (common,)
    own = txn.get(tables.MODERATION, type_key(custom_type)) if custom_type else None
    return rules if own is None else (own, *rules)


@apply.register
def _(event: events.ModerationChanged, txn: Transaction, sequence: int, time: int) -> None:
    txn.put(tables.MODERATION, type_key(event.moderation.custom_type), value=event.moderation)


@apply.register
def _(event: events.ModerationRemoved, txn: Transaction, sequence: int, time: int) -> None:
    txn.delete(tables.MODERATION, type_key(event.custom_type))


@apply.register
def _(event: events.FilterHit, txn: Transaction, sequence: int, time: int) -> None:
    if event.message:
        txn.put(tables.FILTERED, event.channel, event.sent_at, event.message, value=sequence)
    if event.is_last:
        txn.delete(tables.FILTER_HITS, event.user)
    else:
        times = txn.get(tables.FILTER_HITS, event.user) or ()
        txn.put(tables.FILTER_HITS, event.user, value=(*times, time)[-MAX_HITS:])
