"""Incompatible changes of the tables, one after the other.

Adding a table, or a field with a default at the end of a record, is compatible and needs none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import lmdb

from chatd import events
from chatd.store import tables
from chatd.store.format_4 import to_format_4
from chatd.store.format_5 import to_format_5
from chatd.store.format_6 import to_format_6
from chatd.store.format_7 import to_format_7
from chatd.store.format_8 import to_format_8
from chatd.store.keys import SAME_REQUEST_KEY, request_key
from chatd.store.names import folded

# Changes the tables in one write transaction. Databases are found by their tables' numbers.
Migration = Callable[[lmdb.Transaction, dict[int, Any]], None]


def _thin_streams(raw: lmdb.Transaction, databases: dict[int, Any]) -> None:
    """Remove the messages that stand in the timeline in the order of the log."""
    log: Any = databases[tables.LOG.number]
    cursor: Any = raw.cursor(db=databases[tables.STREAMS.number])
    found = cursor.first()
    while found:
        key = cursor.key()
        # The number of the event ends both keys.
        entry = tables.LOG.decode(raw.get(key[:4] + key[-8:], db=log))
        if isinstance(entry.event, events.MessageSent) and entry.event.message.created_at in (0, entry.time):
            # LMDB stands then at the next one.
            found = cursor.delete() and bool(cursor.key())
        else:
            found = cursor.next()


def _hash_requests(raw: lmdb.Transaction, databases: dict[int, Any]) -> None:
    """Find requests by hash instead of by text."""
    old, new = tables.FORMAT_1_REQUESTS, tables.REQUESTS
    cursor: Any = raw.cursor(db=databases[old.number])
    for stored, value in cursor:
        key = new.pack(int.from_bytes(stored[:4], "big"), request_key(*old.unpack(stored)))
        known = raw.get(key, db=databases[new.number])
        sequences = sorted((old.decode(value), *(new.decode(known) if known else ())))
        raw.put(key, new.encode(tuple(sequences[-SAME_REQUEST_KEY:])), db=databases[new.number])
    raw.drop(databases[old.number], delete=False)


def _to_format_2(raw: lmdb.Transaction, databases: dict[int, Any]) -> None:
    _thin_streams(raw, databases)
    _hash_requests(raw, databases)


def _index_members(raw: lmdb.Transaction, databases: dict[int, Any]) -> None:
    """Find operators and nicknames in a channel without looking at all its members."""
    users: Any = databases[tables.USERS.number]
    cursor: Any = raw.cursor(db=databases[tables.MEMBERS.number])
    for key, value in cursor:
        application = int.from_bytes(key[:4], "big")
        channel, user = tables.MEMBERS.unpack(key)
        nickname = tables.USERS.decode(raw.get(tables.USERS.pack(application, user), db=users)).nickname
        name = tables.MEMBER_NAMES.pack(application, channel, folded(nickname), user)
        raw.put(name, b"", db=databases[tables.MEMBER_NAMES.number])
        if tables.MEMBERS.decode(value).is_operator:
            raw.put(key, b"", db=databases[tables.OPERATORS.number])


def _type_distinct(raw: lmdb.Transaction, databases: dict[int, Any]) -> None:
    """Find distinct channels by their custom type too."""
    old, new = tables.FORMAT_2_DISTINCT, tables.DISTINCT
    cursor: Any = raw.cursor(db=databases[old.number])
    for key, value in cursor:
        application, (members,) = int.from_bytes(key[:4], "big"), old.unpack(key)
        place = tables.CHANNELS.pack(application, old.decode(value))
        custom_type = tables.CHANNELS.decode(raw.get(place, db=databases[tables.CHANNELS.number])).custom_type
        kind = hashlib.sha256(custom_type.encode()).digest()
        raw.put(new.pack(application, members, kind), value, db=databases[new.number])
    raw.drop(databases[old.number], delete=False)


def _to_format_3(raw: lmdb.Transaction, databases: dict[int, Any]) -> None:
    _index_members(raw, databases)
    _type_distinct(raw, databases)


# By the format that each leads to, from the one before. Append-only: files of every age are met.
MIGRATIONS: dict[int, Migration] = {
    2: _to_format_2,
    3: _to_format_3,
    4: to_format_4,
    5: to_format_5,
    6: to_format_6,
    7: to_format_7,
    8: to_format_8,
}

_FIRST = 1


def newest_format() -> int:
    """The format that this chatd writes. It refuses newer ones."""
    return max(MIGRATIONS, default=_FIRST)
