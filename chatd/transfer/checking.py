"""Reading an export whole, before any of it goes into a store.

It is folded into a temporary file, so that an event which makes no sense after those before it is found too. What
comes out is what the store will hold.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from chatd import ids
from chatd.domain.stream import refold
from chatd.domain.upkeep.refold import check_ordinals
from chatd.domain.users.people import NO_IDS
from chatd.errors import BrokenExport
from chatd.events import LogEntry, UserCreated
from chatd.model import File, Head
from chatd.store import tables
from chatd.store.blobs import FILES
from chatd.store.findings import Findings
from chatd.store.scratch import Scratch
from chatd.store.transaction import Transaction
from chatd.transfer import lines
from chatd.transfer.exporting import EXPORT
from chatd.transfer.lines import End, Header, LastSeen

# The number that the application has in the temporary file.
HERE = 1

_BATCH = 1000
_FILE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_LONGEST_LINE = 64 << 20


class _Line(NamedTuple):
    """A line, and how an error names it."""

    where: str
    said: Any


def check(directory: Path, scratch: Scratch, advance: Callable[[int], None]) -> Header:
    """Fold the export in a directory into a temporary file; what it says of itself.

    `advance` is told the bytes of each part that was read. Raises BrokenExport, and StorageFailed when there is no
    room for the temporary file.
    """
    path = directory / EXPORT
    try:
        with path.open("rb") as file:
            rest = _lines(file, advance)
            header = _header(next(rest, _Line(f"{EXPORT}, line 1", None)))
            state = _State(header.events)
            while batch := list(islice(rest, _BATCH)):
                scratch.keep(HERE, state.take, batch)
            scratch.keep(HERE, state.end)
        with scratch.reading(HERE) as txn:
            for (file_id,), use in txn.scan(tables.FILES):
                _check_file(directory / FILES, file_id, use.file)
        return header
    except OSError as error:
        raise BrokenExport(f"{path}: {error.strerror}.") from error


def _lines(file: BinaryIO, advance: Callable[[int], None]) -> Iterator[_Line]:
    """All lines but the last one, which has to be right about them."""
    digest = hashlib.sha256()
    number = 0
    while raw := file.readline(_LONGEST_LINE):
        number += 1
        where = f"{EXPORT}, line {number}"
        if not raw.endswith(b"\n"):
            raise BrokenExport(f"{where}: the export is cut short.")
        said = lines.decode(raw, where)
        if isinstance(said, End):
            _check_end(said, number - 1, digest.hexdigest(), where)
            if file.read(1):
                raise BrokenExport(f"{EXPORT}, line {number + 1}: there is something after the end.")
            return
        digest.update(raw)
        advance(len(raw))
        yield _Line(where, said)
    raise BrokenExport(f"{EXPORT}, line {number + 1}: the export is cut short: its last line is missing.")


def _check_end(end: End, number: int, digest: str, where: str) -> None:
    if end.lines != number:
        raise BrokenExport(f"{where}: the export had {end.lines} lines before this one, and now has {number}.")
    if end.sha256 != digest:
        raise BrokenExport(
            f"{where}: the lines before this one are not those that were written: their SHA-256 differs."
        )


def _check_file(directory: Path, file_id: str, file: File) -> None:
    name = f"{FILES}/{file_id}"
    if not _FILE_ID.fullmatch(file_id):
        raise BrokenExport(f"{EXPORT}: {file_id!r} is not the id of a file.")
    try:
        with (directory / file_id).open("rb") as found:
            digest = hashlib.file_digest(found, "sha256").digest()
            size = found.tell()
    except OSError as error:
        raise BrokenExport(f"{name}: {error.strerror}.") from error
    if (size, digest) != (file.size, file.sha256):
        raise BrokenExport(f"{name}: this is not the file that was exported: its size or SHA-256 differs.")


def _header(line: _Line) -> Header:
    if not isinstance(line.said, Header):
        raise BrokenExport(f"{line.where}: this is not an export of chatd.")
    if line.said.version != lines.VERSION:
        raise BrokenExport(
            f"{line.where}: the export has format {line.said.version}; this chatd knows {lines.VERSION}. "
            f"It was written by chatd {line.said.chatd_version}."
        )
    return line.said


class _State:
    """How far the log has come."""

    def __init__(self, events: int) -> None:
        self._events = events
        self._sequence = 0
        self._time = 0

    def take(self, txn: Transaction, batch: list[_Line]) -> None:
        """Fold a part of the lines."""
        for where, said in batch:
            try:
                self._take(txn, said)
            except Exception as error:  # whatever an event that makes no sense leads to
                what = error.args[0] if isinstance(error, BrokenExport) else f"{type(error).__name__}: {error}"
                raise BrokenExport(f"{where}: {what}") from error

    def _take(self, txn: Transaction, said: Any) -> None:
        placed = lines.event_of(said)
        if placed is not None:
            self._event(txn, *placed)
        elif isinstance(said, LastSeen):
            txn.require(tables.USERS, said.user)
            txn.put(tables.LAST_SEEN, said.user, value=said.time)
        elif (request := lines.privacy_request_of(said)) is not None:
            txn.put(tables.PRIVACY_REQUESTS, request.number, value=request)
        else:
            raise BrokenExport("there is a first line already.")

    def _event(self, txn: Transaction, sequence: int, entry: LogEntry) -> None:
        if sequence != self._sequence + 1:
            raise BrokenExport(f"event {sequence} follows event {self._sequence}.")
        if entry.time < self._time:
            raise BrokenExport(f"time falls from {self._time} to {entry.time}.")
        findings = Findings()
        check_ordinals(txn, entry.event, f"event {sequence}", findings)
        if findings:
            raise BrokenExport(next(f"not so: {name}: {each[0]}" for name, each in findings.examples.items()))
        if isinstance(entry.event, UserCreated) and entry.event.user.user_id in NO_IDS:
            raise BrokenExport(f'no user can be called "{entry.event.user.user_id}". Erase them and export again.')
        txn.put(tables.LOG, sequence, value=entry)
        refold(entry.event, txn, sequence, entry.time)
        self._sequence, self._time = sequence, entry.time

    def end(self, txn: Transaction) -> None:
        """The log is whole: it gets an epoch of its own, so that no client takes it for the one it comes from."""
        if self._sequence != self._events:
            raise BrokenExport(f"{EXPORT}, line 1: {self._events} events were exported; {self._sequence} are here.")
        if self._sequence:
            txn.put(tables.HEAD, value=Head(self._sequence, self._time, ids.new_epoch()))
