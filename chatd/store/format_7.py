"""Format 7: who has saved a message and who follows its thread is found from the message.

So it goes with the message, and what was left of messages and users that are gone is noted for removal.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import lmdb

from chatd import events
from chatd.store import tables
from chatd.store.table import Table


class _Bookmark(NamedTuple):
    """What a user keeps of a message."""

    application: int
    user: int
    message: int


def to_format_7(raw: lmdb.Transaction, databases: dict[int, Any]) -> None:
    """Index both kinds of bookmarks, and note of which messages and users they are to go."""
    for each in _bookmarks(raw, databases, tables.SAVED):
        _put(raw, databases, tables.SAVERS, None, each.application, each.message, each.user)
        is_removed, is_gone = _state(raw, databases, each)
        if is_removed or is_gone:
            _put(raw, databases, tables.LOST_MESSAGES, is_gone, each.application, each.message)
    for each in _bookmarks(raw, databases, tables.FOLLOWED):
        _put(raw, databases, tables.FOLLOWERS, None, each.application, each.message, each.user)
        if _state(raw, databases, each)[1]:
            _put(raw, databases, tables.LOST_MESSAGES, True, each.application, each.message)
        if not _is_somebody(raw, databases, each):
            _put(raw, databases, tables.DELETED_USERS, None, each.application, each.user)


def _bookmarks(raw: lmdb.Transaction, databases: dict[int, Any], table: Table[Any]) -> list[_Bookmark]:
    cursor: Any = raw.cursor(db=databases[table.number])
    return [_Bookmark(int.from_bytes(key[:4], "big"), *table.unpack(key)) for key, _ in cursor]


def _state(raw: lmdb.Transaction, databases: dict[int, Any], each: _Bookmark) -> tuple[bool, bool]:
    """Whether a message was deleted, and whether it is gone for good."""
    entry = _get(raw, databases, tables.LOG, each.application, each.message)
    assert entry is not None
    assert isinstance(entry.event, events.MessageSent)
    message = _get(raw, databases, tables.MESSAGES, each.application, each.message) or entry.event.message
    place = tables.TIMELINE.pack(each.application, message.channel, message.created_at or entry.time, each.message)
    is_gone = raw.get(place, db=databases[tables.TIMELINE.number]) is None
    return message.is_removed, is_gone


def _is_somebody(raw: lmdb.Transaction, databases: dict[int, Any], each: _Bookmark) -> bool:
    user = _get(raw, databases, tables.USERS, each.application, each.user)
    return user is not None and _get(raw, databases, tables.USER_IDS, each.application, user.user_id) == each.user


def _get(raw: lmdb.Transaction, databases: dict[int, Any], table: Table[Any], *key: Any) -> Any:
    found = raw.get(table.pack(*key), db=databases[table.number])
    return table.decode(found) if found is not None else None


def _put(raw: lmdb.Transaction, databases: dict[int, Any], table: Table[Any], value: Any, *key: Any) -> None:
    raw.put(table.pack(*key), table.encode(value), db=databases[table.number])
