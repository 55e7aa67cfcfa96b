"""Searches in a large database, by somebody who is in 500 channels: common and seldom words, phrases, beginnings."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from itertools import islice
from random import Random
from typing import Any

from chatd.domain import COMMANDS
from chatd.domain.users.people import find_user
from chatd.events import MessageSent
from chatd.jobs.index import build
from chatd.model import Actor
from chatd.store import tables
from chatd.store.store import Store
from chatd.store.transaction import Transaction

SAMPLE = 20_000
SEARCHES = 50
# Of scripts/seed.
BUSY = "busy"


def search_figures(store: Store, application: int) -> dict[str, float]:
    """What searches take, and the index on disk; it is made when it is not there.

    No server may have the store open.
    """
    began = time.perf_counter()
    is_made = not any(store.search.directory.glob("*/followed.json"))
    messages = build(store) if is_made else 0
    seconds = time.perf_counter() - began
    store.search.open()
    try:
        times = _times(store, application)
        size = sum(file.stat().st_size for file in store.search.directory.rglob("*"))
        figures = {f"search, {name}: p99 milliseconds": _p99(found) for name, found in times.items()}
        figures["search, all of these: p99 milliseconds"] = _p99([each for found in times.values() for each in found])
        figures["search index: bytes for each message"] = round(size / store.search.messages(), 1)
        return figures | ({"search index: messages per second": round(messages / seconds)} if is_made else {})
    finally:
        store.search.close()


def _times(store: Store, application: int) -> dict[str, list[float]]:
    ranked = [word for word, _ in store.read_now(application, _words).most_common()]
    number = store.read_now(application, find_user, BUSY).number
    actor = Actor(application, number, BUSY)
    return {
        f"{name}, by {'time' if sort_field == 'ts' else 'relevance'}": _measured(store, actor, query, sort_field)
        for name, query in _queries(ranked, Random(1)).items()
        for sort_field in ("ts", "score")
    }


def _words(txn: Transaction) -> Counter[str]:
    """The words of the newest messages, with how often they come."""
    found: Counter[str] = Counter()
    for _, entry in islice(txn.scan(tables.LOG, reverse=True), SAMPLE):
        if isinstance(entry.event, MessageSent):
            found.update(entry.event.message.text.split())
    return found


def _queries(ranked: list[str], random: Random) -> dict[str, Callable[[], str]]:
    """Kinds of queries over words, the most frequent first."""

    def any_word() -> str:
        return ranked[int(random.random() ** 3 * len(ranked) / 2)]

    return {
        "one of the ten commonest words": lambda: ranked[random.randrange(10)],
        "a word": any_word,
        "two words": lambda: f"{any_word()} {any_word()}",
        "a phrase of common words": lambda: f'"{ranked[random.randrange(10)]} {ranked[random.randrange(10)]}"',
        "a word and three letters of another": lambda: f"{any_word()} {any_word().ljust(3, 'a')[:3]}*",
        "a word that comes once": lambda: ranked[-1 - random.randrange(len(ranked) // 10)],
    }


def _measured(store: Store, actor: Actor, query: Callable[[], str], sort_field: str) -> list[float]:
    """Seconds of searches, as a thread of a server makes them."""
    for _ in range(SEARCHES // 5):
        _timed(store, actor, {"query": query(), "sort_field": sort_field})
    return [_timed(store, actor, {"query": query(), "sort_field": sort_field}) for _ in range(SEARCHES)]


def _timed(store: Store, actor: Actor, params: dict[str, Any]) -> float:
    began = time.perf_counter()
    command = COMMANDS["messages.search"]
    store.read_now(actor.application, command.function, actor, command.parse(params))
    return time.perf_counter() - began


def _p99(seconds: list[float]) -> float:
    return round(sorted(seconds)[len(seconds) * 99 // 100] * 1000, 1)
