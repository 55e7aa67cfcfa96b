"""What is not in the log and is counted as it happens: who was there, and what was done for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec.structs import asdict, replace
from pyroaring import BitMap

from chatd.domain.statistics.days import day_of
from chatd.domain.statistics.sets import packed, unpacked
from chatd.model import DayCounters
from chatd.store import tables
from chatd.store.table import Table
from chatd.store.transaction import Transaction

# Of these the most counts, of all others the sum.
_PEAKS: Final = frozenset({"peak_connections"})


def places_of(txn: Transaction, users: set[int]) -> tuple[list[int], set[int]]:
    """The places of users, and those users who have none yet: the log is counted up to before them."""
    found = {user: txn.get(tables.COUNTED_USERS, user) for user in users}
    return [place for place in found.values() if place is not None], {user for user in users if found[user] is None}


def keep_active(txn: Transaction, day: int, places: list[int], platform: int | None = None) -> None:
    """Keep that users were there on a day, or that they were connected from a platform."""
    table: Table[bytes] = tables.ACTIVE_USERS if platform is None else tables.PLATFORM_USERS
    key = (day,) if platform is None else (day, platform)
    before = unpacked(txn.get(table, *key))
    after = before | BitMap(places)
    if len(after) > len(before):
        txn.put(table, *key, value=packed(after))


def add_counters(txn: Transaction, day: int, more: Mapping[str, int]) -> None:
    """Add to what was counted on a day."""
    before = txn.get(tables.DAY_COUNTERS, day) or DayCounters()
    held = asdict(before)
    changed = {name: max(held[name], n) if name in _PEAKS else held[name] + n for name, n in more.items()}
    txn.put(tables.DAY_COUNTERS, day, value=replace(before, **changed))


def count_attempt(txn: Transaction, noun: str, is_delivered: bool) -> None:
    """Count an attempt to tell another server something: of `webhooks` or `pushes`."""
    add_counters(txn, day_of(txn.now), {f"{noun}_{'delivered' if is_delivered else 'failed'}": 1})
