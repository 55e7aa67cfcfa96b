"""Reads of large databases, made by scripts/seed, and what they take on disk: how that grows with the messages."""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from store_search import search_figures

from chatd.domain import COMMANDS
from chatd.domain.tenants import applications
from chatd.domain.users.people import find_user
from chatd.events import MessageSent
from chatd.model import Actor
from chatd.store import tables
from chatd.store.store import Store
from chatd.store.table import Table
from chatd.store.transaction import Transaction

SEEDING = Path(__file__).parents[1] / "seeding"
MAP_SIZE = 64 << 30
OPENINGS = 5
# So many pages of messages for each list of channels.
LISTS = 10
# Channels of a list: what an application shows first, and the most that one page has.
LIMITS = (20, 100)
# Of scripts/seed.
BUSY = "busy"


def run(options: argparse.Namespace) -> dict[str, dict[str, float]]:
    """Each figure by the number of messages."""
    found = {f"{size:,} messages": _database(_seeded(options, size), size, options.reads) for size in options.sizes}
    labels = next(iter(found.values()))
    return {label: {size: figures.get(label, 0) for size, figures in found.items()} for label in labels}


def _seeded(options: argparse.Namespace, size: int) -> Path:
    directory: Path = options.seeded / str(size)
    if not directory.exists():
        options.seeded.mkdir(parents=True, exist_ok=True)
        counts = ["--messages", str(size), "--channels", str(options.channels)]
        subprocess.run([sys.executable, str(SEEDING), "--dir", str(directory), *counts], check=True)
    return directory


def _database(directory: Path, size: int, reads: int) -> dict[str, float]:
    openings = [_opening(directory) for _ in range(OPENINGS)]
    store = Store.open(directory, MAP_SIZE)
    application = store.read(0, applications.by_name, "main").number
    for table in (tables.LOG, tables.TIMELINE):
        store.read(application, _warm, table)
    pages = _pages(store, application, reads)
    lists = {limit: _lists(store, application, reads // LISTS, limit) for limit in LIMITS}
    searches = search_figures(store, application)
    figures = {
        "open: milliseconds, the worst of 5": round(max(openings) * 1000, 1),
        "page of 50: p50 milliseconds": _quantile(pages, 50),
        "page of 50: p99 milliseconds": _quantile(pages, 99),
        "bytes on disk for each message": _round(sum(file.stat().st_size for file in directory.rglob("*")) / size),
    }
    for limit, times in lists.items():
        figures[f"{limit} of 500 channels: p50 milliseconds"] = _quantile(times, 50)
        figures[f"{limit} of 500 channels: p99 milliseconds"] = _quantile(times, 99)
    held = {name: count / size for name, count in store.table_bytes().items() if count / size >= 1}
    store.close()
    return figures | {f"of them {name}": _round(count) for name, count in held.items()} | searches


def _opening(directory: Path) -> float:
    began = time.perf_counter()
    store = Store.open(directory, MAP_SIZE)
    seconds = time.perf_counter() - began
    store.close()
    return seconds


def _warm(txn: Transaction, table: Table[Any]) -> None:
    """Look at all of a table once, as a server has after some time: its pages are in the process's map."""
    for _ in txn.stored(table):
        pass


def _timed(store: Store, application: int, actor: Actor, name: str, params: dict[str, Any]) -> tuple[float, Any]:
    """Seconds that a command takes on the loop, and its result."""
    began = time.perf_counter()
    command = COMMANDS[name]
    result = store.read(application, command.function, actor, command.parse(params))
    return time.perf_counter() - began, result


def _measured(count: int, one: Callable[[], float]) -> list[float]:
    """Seconds of each, ascending, after some more that are not counted."""
    for _ in range(count // 5):
        one()
    return sorted(one() for _ in range(count))


def _pages(store: Store, application: int, count: int) -> list[float]:
    """Pages around messages anywhere."""
    random = Random(1)
    backend = Actor(application, None, None)
    end = store.read(application, lambda txn: txn.head.sequence)

    def one() -> float:
        channel_url, message_id = store.read(application, _message, random, end)
        params = {"channel_url": channel_url, "message_id": message_id, "prev_limit": 25, "next_limit": 24}
        seconds, page = _timed(store, application, backend, "messages.list", params)
        assert 25 <= len(page["messages"]) <= 50 or store.read(application, _is_small, channel_url)
        return seconds

    return _measured(count, one)


def _message(txn: Transaction, random: Random, end: int) -> tuple[str, int]:
    """Any message, and where it is."""
    while True:
        sequence = random.randint(1, end)
        event = txn.require(tables.LOG, sequence).event
        if isinstance(event, MessageSent):
            return txn.require(tables.CHANNELS, event.message.channel).channel_url, sequence


def _is_small(txn: Transaction, channel_url: str) -> bool:
    number = txn.get(tables.CHANNEL_URLS, channel_url)
    return txn.require(tables.CHANNEL_STATES, number).message_count < 50


def _lists(store: Store, application: int, count: int, limit: int) -> list[float]:
    """The first channels of somebody who has many, those where something happened last first."""
    number = store.read(application, find_user, BUSY).number
    actor = Actor(application, number, BUSY)
    params = {"limit": limit, "order": "latest_last_message"}
    return _measured(count, lambda: _timed(store, application, actor, "channels.list", params)[0])


def _quantile(ascending: list[float], percent: int) -> float:
    """In milliseconds."""
    return round(ascending[len(ascending) * percent // 100] * 1000, 3)


def _round(value: float) -> float:
    return round(value, 1)
