"""Bringing an exported application into a store, also beside a running server."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace

from chatd.domain.tenants import unlisted
from chatd.domain.upkeep.refold import FOLDED
from chatd.model import Application
from chatd.store import tables
from chatd.store.blobs import FILES, Blobs
from chatd.store.copy import Progress
from chatd.store.files import is_served, lock_arrivals
from chatd.store.scratch import Scratch
from chatd.store.store import Store
from chatd.store.table import Table
from chatd.store.transaction import Transaction
from chatd.transfer.checking import HERE
from chatd.transfer.lines import Header, application_of

# What an import brings.
BROUGHT: tuple[Table[Any], ...] = (tables.LOG, tables.HEAD, tables.LAST_SEEN, tables.PRIVACY_REQUESTS, *FOLDED)

# A server beside us waits for a commit of so many rows.
ROWS_AT_ONCE = 2000
PAUSE_SECONDS = 0.002
_PIECE = 1 << 20


class Arrival(NamedTuple):
    """What `checking.check` has found in a directory and folded in `place`; `name` when it is to have another one."""

    directory: Path
    place: Scratch
    header: Header
    name: str = ""


def size(place: Scratch) -> int:
    """How many rows an import brings."""
    with place.reading(HERE) as folded:
        return sum(1 for table in BROUGHT for _ in folded.stored(table))


def bring(store: Store, arrival: Arrival, advance: Progress) -> Application:
    """Bring in an application; what it has become.

    It comes a little at a time: nobody sees the application before all of it is there, and one whose import was killed
    is removed by the next one. `advance` is told the rows of each commit. Raises AlreadyExists for a name that is
    taken, StartError when another import is under way, and StorageFailed.
    """
    application = application_of(arrival.header)
    application = replace(application, name=arrival.name or application.name)
    lock = lock_arrivals(store.directory)
    try:
        number = store.write_now(0, unlisted.expect, application.name)
        _bring(store, arrival, number, advance)
        return store.write_now(0, unlisted.admit, number, application)
    finally:
        os.close(lock)
        remove_leaving(store)


def remove_leaving(store: Store) -> bool:
    """Remove what applications have left, in small commits. False when that is for the server to do.

    It is when one is running, or when somebody copies the files.
    """
    if is_served(store.directory):
        return False
    store.refresh()
    for number in store.read(0, unlisted.leaving):
        if not store.blobs.remove_all(number):
            return False
        while store.write_now(0, unlisted.clear, number, ROWS_AT_ONCE) == ROWS_AT_ONCE:
            pass
    store.refresh()
    return True


def _bring(store: Store, arrival: Arrival, number: int, advance: Progress) -> None:
    with arrival.place.reading(HERE) as folded:
        for (file_id,), _ in folded.scan(tables.FILES):
            _bring_file(store.blobs, number, arrival.directory / FILES / file_id)
        for table in BROUGHT:
            for rows in _parts(folded.stored(table)):
                store.write_now(number, put_rows, table, rows)
                advance(len(rows))
                # So that the server's writer, which may wait for its turn, gets it.
                time.sleep(PAUSE_SECONDS)
    store.write_now(number, _pass_over)


def _pass_over(txn: Transaction) -> None:
    """Tell webhooks and bots only of what happens from here on: of the rest they were told where it happened."""
    txn.put(tables.DELIVERIES_MADE, value=txn.head.sequence)


def put_rows(txn: Transaction, table: Table[Any], rows: list[tuple[bytes, bytes]]) -> None:
    """Take over rows of a table, as `Transaction.stored` gave them."""
    for key, value in rows:
        txn.put(table, *table.unpack(key), value=table.decode(value))


def _bring_file(blobs: Blobs, number: int, path: Path) -> None:
    incoming = blobs.receive(path.stat().st_size)
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                incoming.write(piece)
        incoming.keep(number, path.name)
    finally:
        incoming.close()


def _parts(rows: Iterator[tuple[bytes, bytes]]) -> Iterator[list[tuple[bytes, bytes]]]:
    while part := list(islice(rows, ROWS_AT_ONCE)):
        yield part
