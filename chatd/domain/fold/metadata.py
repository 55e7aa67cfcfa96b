"""How the metadata and the counters of channels change, and where they are found by their values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from chatd import events
from chatd.domain.fold.dispatch import apply
from chatd.ids import digest
from chatd.store import tables
from chatd.store.table import Table
from chatd.store.transaction import Transaction

# A value is found by so many of its first characters: keys of the store are short.
BEGINNING = 100
_ZERO = 2**63


def text_place(value: str) -> str:
    """Where a value of metadata stands among others."""
    return value[:BEGINNING]


def number_place(value: int) -> int:
    """Where the value of a counter stands among others, which may be negative."""
    return value + _ZERO


@apply.register
def _(event: events.ChannelMetadataChanged, txn: Transaction, sequence: int, time: int) -> None:
    _Items(txn, tables.CHANNEL_METADATA, tables.METADATA_VALUES, text_place).change(event)


@apply.register
def _(event: events.ChannelMetacountersChanged, txn: Transaction, sequence: int, time: int) -> None:
    _Items(txn, tables.METACOUNTERS, tables.METACOUNTER_VALUES, number_place).change(event)


def forget_metadata(txn: Transaction, channel: int) -> None:
    """Remove what is said of a channel that is gone."""
    _Items(txn, tables.CHANNEL_METADATA, tables.METADATA_VALUES, text_place).set(channel, {})
    _Items(txn, tables.METACOUNTERS, tables.METACOUNTER_VALUES, number_place).set(channel, {})


class _Items:
    """The items of channels in one table, and the index of their values."""

    def __init__(self, txn: Transaction, table: Table[Any], index: Table[None], place: Callable[[Any], Any]) -> None:
        self._txn = txn
        self._table = table
        self._index = index
        self._place = place

    def change(self, event: events.ChannelMetadataChanged | events.ChannelMetacountersChanged) -> None:
        before = self._txn.get(self._table, event.channel) or {}
        kept = {key: value for key, value in before.items() if key not in event.deleted}
        self.set(event.channel, kept | event.created | event.updated)

    def set(self, channel: int, items: dict[str, Any]) -> None:
        before = self._txn.get(self._table, channel) or {}
        for key, value in before.items() - items.items():
            self._txn.delete(self._index, digest(key), self._place(value), channel)
        for key, value in items.items() - before.items():
            self._txn.put(self._index, digest(key), self._place(value), channel)
        if items:
            self._txn.put(self._table, channel, value=items)
        elif before:
            self._txn.delete(self._table, channel)
