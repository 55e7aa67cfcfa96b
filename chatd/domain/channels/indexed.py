"""Channels found by what is said of them, without looking at the others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chatd.domain.channels.filters import Filters
from chatd.domain.channels.metacounters import MOST
from chatd.domain.fold.metadata import number_place, text_place
from chatd.ids import digest
from chatd.store import tables
from chatd.store.table import Table
from chatd.store.transaction import Transaction


def found_by_items(txn: Transaction, input: Filters) -> list[int] | None:
    """The numbers of channels that may be those with what is asked for, ascending; None when no item is asked for.

    Long values are told apart later: here only their beginnings are.
    """
    if input.metadata_key:
        return sorted(set(_by_metadata(txn, input)))
    if input.metacounter_key:
        return sorted(set(_by_counter(txn, input)))
    return None


def _by_metadata(txn: Transaction, input: Filters) -> Iterator[int]:
    key = digest(input.metadata_key)
    if input.metadata_values is not None:
        for value in input.metadata_values:
            yield from _between(txn, tables.METADATA_VALUES, key, text_place(value), text_place(value))
    else:
        start = text_place(input.metadata_value_startswith or "")
        for (_, place, channel), _ in txn.scan(tables.METADATA_VALUES, key, start=(start,)):
            if not place.startswith(start):
                return
            yield channel


def _by_counter(txn: Transaction, input: Filters) -> Iterator[int]:
    key = digest(input.metacounter_key)
    if input.metacounter_values is not None:
        for value in input.metacounter_values:
            if -MOST <= value <= MOST:
                yield from _between(txn, tables.METACOUNTER_VALUES, key, number_place(value), number_place(value))
        return
    lower = (-MOST, input.metacounter_value_gt, input.metacounter_value_gte)
    upper = (MOST, input.metacounter_value_lt, input.metacounter_value_lte)
    low = max(value for value in lower if value is not None)
    high = min(value for value in upper if value is not None)
    if low <= high:
        yield from _between(txn, tables.METACOUNTER_VALUES, key, number_place(low), number_place(high))


def _between(txn: Transaction, table: Table[None], key: bytes, low: Any, high: Any) -> Iterator[int]:
    for (_, place, channel), _ in txn.scan(table, key, start=(low,)):
        if place > high:
            return
        yield channel
