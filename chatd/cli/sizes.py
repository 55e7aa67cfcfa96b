"""How large a store is, and what takes the room."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from chatd.domain.tenants import applications
from chatd.model import Application
from chatd.store import tables
from chatd.store.store import Store
from chatd.store.transaction import Transaction

LARGEST = 10


@dataclass(frozen=True)
class Size:
    """Entries of a table, and the bytes that they take."""

    entries: int
    bytes: int


@dataclass(frozen=True)
class ChannelSize:
    """A channel, with the messages that it has now."""

    channel_url: str
    messages: int
    members: int


@dataclass(frozen=True)
class ApplicationSize:
    """What an application holds. Bytes are those of keys and values."""

    name: str
    events: int
    tables: dict[str, Size]
    largest_channels: list[ChannelSize]


@dataclass(frozen=True)
class Reader:
    """A process that reads, and how many commits old what it sees is: what was freed since cannot be used again."""

    process: int
    commits_behind: int


@dataclass(frozen=True)
class Statistics:
    """A whole store. Bytes of tables are those of their pages; `free_bytes` will be used before the file grows.

    `files` are those of messages, which lie beside it.
    """

    map_bytes: int
    used_bytes: int
    free_bytes: int
    tables: dict[str, Size]
    files: Size
    applications: list[ApplicationSize]
    readers: list[Reader]


def statistics(store: Store, advance: Callable[[int], None]) -> Statistics:
    """Measure a store. `advance` is told how many entries have been counted since it was last."""
    used = store.used_bytes()
    pages = store.table_bytes()
    return Statistics(
        map_bytes=store.map_size(),
        used_bytes=used,
        free_bytes=used - store.live_bytes(),
        tables={name: Size(entries, pages[name]) for name, entries in store.entries().items()},
        files=Size(store.entries().get(tables.FILES.name, 0), store.file_bytes()),
        applications=[
            store.read(each.number, _application, each, store, advance) for each in store.read(0, applications.every)
        ],
        readers=[Reader(process, behind) for process, behind in store.readers()],
    )


def lines(found: Statistics) -> Iterator[str]:
    """The same for people."""
    used, free, mapped = (_amount(size) for size in (found.used_bytes, found.free_bytes, found.map_bytes))
    yield f"{used} used, {free} of it free, in a map of {mapped}"
    yield from chain(("", "table                    entries        size"), _rows(found.tables))
    yield from ("", f"{found.files.entries} files of messages, {_amount(found.files.bytes)}")
    for each in found.applications:
        yield from ("", f"application {each.name}, {each.events} events")
        yield from _rows(each.tables)
        for channel in each.largest_channels:
            yield f"  {channel.channel_url}: {channel.messages} messages, {channel.members} members"
    yield ""
    for reader in found.readers:
        yield f"read by process {reader.process}, {reader.commits_behind} commits behind"


def _application(
    txn: Transaction, application: Application, store: Store, advance: Callable[[int], None]
) -> ApplicationSize:
    sizes = {}
    for table in store.present_tables():
        if not table.shared:
            sizes[table.name] = _size(txn, table)
            advance(sizes[table.name].entries)
    return ApplicationSize(application.name, txn.head.sequence, sizes, _largest_channels(txn))


def _size(txn: Transaction, table: Any) -> Size:
    entries = total = 0
    for key, value in txn.stored(table):
        entries += 1
        total += len(key) + len(value)
    return Size(entries, total)


def _largest_channels(txn: Transaction) -> list[ChannelSize]:
    states = ((state.message_count, number, state) for (number,), state in txn.scan(tables.CHANNEL_STATES))
    return [
        ChannelSize(txn.require(tables.CHANNELS, number).channel_url, count, state.member_count)
        for count, number, state in heapq.nlargest(LARGEST, states)
    ]


def _rows(sizes: dict[str, Size]) -> Iterator[str]:
    for name, size in sizes.items():
        if size.entries:
            yield f"  {name:<20} {size.entries:>10}  {_amount(size.bytes):>10}"


def _amount(count: int) -> str:
    """Bytes as people read them, such as "1.5 MiB"."""
    amount, units = float(count), iter(("bytes", "KiB", "MiB", "GiB", "TiB"))
    unit = next(units)
    while amount >= 1024 and unit != "TiB":
        amount, unit = amount / 1024, next(units)
    return f"{amount:.0f} {unit}" if unit == "bytes" else f"{amount:.1f} {unit}"
