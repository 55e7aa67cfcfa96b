"""Whether the file can be read: pages, keys, values, and whose they are."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import lmdb
import msgspec
from lmdb.verify import VerifyError, verify

from chatd.store import tables
from chatd.store.findings import Findings
from chatd.store.keys import DIGEST
from chatd.store.table import Table

SOUND = "every page is sound, and used once"
PAGES = "every page can be read"
KEYS = "keys decode"
VALUES = "values decode"

# What a writer beside us changes while we look is no damage; damage is there each time.
_LOOKS = 3

# What a key that is not ours makes `Table.unpack` and `pack` raise.
_NO_KEY = (struct.error, ValueError, IndexError)


def check_pages(path: Path, findings: Findings) -> bool:
    """Walk through the pages of a data file without LMDB, which damaged ones can kill; whether all are sound.

    While a read transaction is open, no page that this reaches is used for anything else.
    """
    errors: list[str] = []
    for _ in range(_LOOKS):
        try:
            errors = verify(str(path))  # type: ignore[no-untyped-call]
        except VerifyError as error:
            errors = [str(error)]
        if not errors:
            return True
    for each in errors:
        findings.add(SOUND, each)
    return False


def check_tables(
    raw: lmdb.Transaction, databases: dict[int, Any], findings: Findings, advance: Callable[[int], None]
) -> bool:
    """Walk through every table at one moment; whether all of it can be read.

    `advance` is told how many entries have been seen since it was last.
    """
    numbers = _applications(raw, databases)
    for table in tables.ALL:
        if table.number in databases:
            try:
                _walk(raw, databases[table.number], _Check(table, numbers, findings), advance)
            except lmdb.Error as error:
                findings.add(PAGES, f"{table.name}: {error}")
    return not findings.counts.keys() & {PAGES, KEYS, VALUES}


def _walk(raw: lmdb.Transaction, database: Any, check: _Check, advance: Callable[[int], None]) -> None:
    count = 0
    cursor: Any = raw.cursor(db=database)
    for key, value in cursor:
        check.entry(key, value)
        count += 1
        if count % 1000 == 0:
            advance(1000)
    advance(count % 1000)
    check.end(count, raw.stat(database)["entries"])


def _applications(raw: lmdb.Transaction, databases: dict[int, Any]) -> set[int]:
    """The key spaces that there are, also of applications that come or go.

    A key that is none of ours is found when its table is walked through.
    """
    found = set()
    for table in (tables.APPLICATIONS, tables.UNLISTED):
        cursor: Any = raw.cursor(db=databases[table.number]) if table.number in databases else ()
        for key, value in cursor:
            try:
                if table is tables.APPLICATIONS or table.decode(value) != tables.GONE:
                    found.add(table.unpack(key)[0])
            except (*_NO_KEY, msgspec.MsgspecError):
                continue
    return found


class _Check:
    """The walk through one table."""

    def __init__(self, table: Table[Any], applications: set[int], findings: Findings) -> None:
        self._table = table
        self._spaces = {0} if table.shared else applications
        self._findings = findings
        self._last = b""

    def entry(self, key: bytes, value: bytes) -> None:
        """See one entry."""
        name = self._table.name
        if key <= self._last:
            self._findings.add("keys ascend", f"{name}: {key.hex()} follows {self._last.hex()}")
        self._last = key
        if not self._is_key(key):
            self._findings.add(KEYS, f"{name}: {key.hex()}")
        elif int.from_bytes(key[:4], "big") not in self._spaces:
            self._findings.add("keys belong to applications that exist", f"{name}: {key.hex()}")
        if not self._is_value(value):
            self._findings.add(VALUES, f"{name}: {key.hex()}")

    def end(self, found: int, counted: int) -> None:
        """Compare how many entries there were with how many the file says there are."""
        if found != counted:
            self._findings.add("entries are counted", f"{self._table.name}: {counted} counted, {found} found")

    def _is_key(self, key: bytes) -> bool:
        try:
            components = self._table.unpack(key)
            digests = [each for each in components if isinstance(each, bytes)]
            whole = self._table.pack(int.from_bytes(key[:4], "big"), *components) == key
            return whole and all(len(each) == DIGEST for each in digests)
        except _NO_KEY:
            return False

    def _is_value(self, value: bytes) -> bool:
        try:
            return self._table.decode(value) is not None or value == b""
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return False
