"""Counting anew where no server runs."""

from __future__ import annotations

from typing import Final

from chatd.domain.statistics import generations
from chatd.domain.statistics.counting import count
from chatd.model import Counting
from chatd.store import tables
from chatd.store.store import Store
from chatd.store.transaction import Transaction

EVENTS_AT_ONCE: Final = 10_000


def recount(store: Store, application: int) -> None:
    """Count an application anew, for a process that has locked the store and does not serve."""
    store.write_now(application, generations.begin_anew)
    counting = store.read_now(application, _counting)
    for generation in (counting.live, counting.coming):
        _recount(store, application, generation)
    while store.write_now(application, generations.mend):
        pass
    while store.write_now(application, generations.clear):
        pass


def _recount(store: Store, application: int, generation: int) -> None:
    while True:
        counted = store.read_now(application, count, generation, EVENTS_AT_ONCE)
        if counted.after == counted.before:
            return
        store.write_now(application, generations.keep, counted)


def _counting(txn: Transaction) -> Counting:
    return txn.require(tables.COUNTING)
