"""Statistics: a year of 100,000 users a day, of half a million. Without a log."""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pyroaring import BitMap

from chatd.domain import COMMANDS
from chatd.domain.statistics.days import date_of, day_of
from chatd.domain.statistics.sets import Of, packed
from chatd.domain.statistics.tallying import SHARDS, TALLY_DAYS
from chatd.domain.tenants import applications
from chatd.model import Actor, ChannelSegment, Counting, Day, DayCounters, Generation, MessageSegment
from chatd.store import tables
from chatd.store.store import Store
from chatd.store.transaction import Transaction

USERS, DAILY, DAYS = 500_000, 100_000, 365
# Of those who are there on a day, so many write, so many read; and there are so many channels that they write in.
SENDERS, READERS, CHANNELS = 40_000, 70_000, 20_000
MIB = 1 << 20
ROUNDS = 5
# Numbers of users are places in the log, in which other things are between them.
APART = 30
EVERYTHING = (
    *("active_users", "wau", "mau", "stickiness", "created_users", "messages", "messages_per_user", "message_senders"),
    *("message_viewers", "active_channels", "created_channels", "peak_connections"),
)


def run(options: argparse.Namespace) -> dict[str, Any]:
    """How much room it needs, and how long its figures take, the median of a few rounds."""
    with tempfile.TemporaryDirectory(prefix="chatd-bench-statistics-") as place:
        store = Store.open(Path(place), 2 << 30)
        application = store.write_now(0, applications.create, "bench").number
        before, last = store.live_bytes(), 0
        for part in _parts():
            last = store.write_now(application, part)
        store.refresh()
        figures: dict[str, Any] = {"MiB": round((store.live_bytes() - before) / MIB, 1)}
        figures |= _asked(store, application, last)
        store.close()
    return figures


def _parts() -> Iterator[Any]:
    """What to write, some at a time."""
    rng, today = random.Random(7), day_of(int(time.time() * 1000))
    yield _begin
    for begin in range(0, USERS, 50_000):
        yield lambda txn, begin=begin: _users(txn, begin)
    for day in range(today - DAYS + 1, today + 1):
        yield lambda txn, day=day: _day(txn, day, rng, day > today - TALLY_DAYS)


def _begin(txn: Transaction) -> int:
    txn.put(tables.COUNTING, value=Counting())
    txn.put(tables.GENERATIONS, 1, value=Generation(0, USERS, USERS))
    return 0


def _users(txn: Transaction, begin: int) -> int:
    for place in range(begin, begin + 50_000):
        txn.put(tables.COUNTED_USERS, (place + 1) * APART, value=place)
    return 0


def _day(txn: Transaction, day: int, rng: random.Random, has_tallies: bool) -> int:
    users = rng.sample(range(USERS), DAILY)
    kinds = [MessageSegment("group_channels", kind, "MESG", "", DAILY) for kind in ("", "team", "support")]
    channels = [ChannelSegment("group_channels", kind, 10) for kind in ("", "team", "support")]
    txn.put(tables.DAYS, 1, day, value=Day(tuple(kinds), tuple(channels)))
    txn.put(tables.ACTIVE_USERS, day, value=packed(BitMap(users)))
    for of, count in ((Of.SENDERS, SENDERS), (Of.READERS, READERS), (Of.CHANNELS, CHANNELS)):
        for index in range(3):
            txn.put(tables.DAY_SETS, 1, int(of), day, index, value=packed(BitMap(users[index:count:3])))
    made = rng.sample(range(USERS), USERS // DAYS)
    txn.put(tables.DAY_SETS, 1, int(Of.NEW_USERS), day, 0, value=packed(BitMap(made)))
    txn.put(tables.DAY_COUNTERS, day, value=DayCounters(5000, 10**6, 100, 10**7, 10**5, 10, 10**5, 10))
    if has_tallies:
        _tally(txn, day, users, rng)
    return day


def _tally(txn: Transaction, day: int, users: list[int], rng: random.Random) -> None:
    for of, count in ((Of.SENDERS, SENDERS), (Of.CHANNELS, CHANNELS)):
        shards: dict[int, Counter[int]] = {}
        for place in users[:count]:
            number = (place + 1) * APART
            shards.setdefault(number % SHARDS, Counter())[number] = rng.randint(1, 200)
        for shard, counts in shards.items():
            txn.put(tables.TALLIES, 1, int(of), day, shard, value=dict(counts))


def _asked(store: Store, application: int, last: int) -> dict[str, float]:
    year = {"start_date": date_of(last - DAYS + 1).isoformat(), "end_date": date_of(last).isoformat()}
    kinds = ["channel_type", "custom_channel_type"]
    asked = {
        "DAU of a day, ms": ("statistics.dau", {}),
        "MAU of a day, ms": ("statistics.mau", {}),
        "a year of DAU, ms": ("statistics.range", year | {"metrics": ["active_users"]}),
        "a year of DAU, WAU, MAU, stickiness, ms": (
            "statistics.range",
            year | {"metrics": ["active_users", "wau", "mau", "stickiness"]},
        ),
        "a year by month, ms": ("statistics.range", year | {"metrics": ["active_users"], "time_dimension": "monthly"}),
        "a year of senders by segment, ms": (
            "statistics.range",
            year | {"metrics": ["message_senders"], "segments": kinds},
        ),
        "a year of 12 figures by segment, ms": ("statistics.range", year | {"metrics": EVERYTHING, "segments": kinds}),
        "retention of a year by week, ms": ("statistics.retention", year),
        "top senders of a week, ms": ("statistics.top", {"kind": "senders", "days": 7}),
    }
    return {label: _milliseconds(store, application, *each) for label, each in asked.items()}


def _milliseconds(store: Store, application: int, name: str, params: dict[str, Any]) -> float:
    command, took = COMMANDS[name], []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        store.read_now(application, command.function, Actor(application, None, None), command.parse(params))
        took.append((time.perf_counter() - began) * 1000)
    return round(sorted(took)[ROUNDS // 2], 1)
