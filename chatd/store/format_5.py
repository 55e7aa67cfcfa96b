"""Format 5: users are found by nickname, metadata, discovery keys, and as deactivated ones."""

from __future__ import annotations

from typing import Any

import lmdb

from chatd.store import tables
from chatd.store.user_places import places


def to_format_5(raw: lmdb.Transaction, databases: dict[int, Any]) -> None:
    """Place the users who were not deleted."""
    ids: Any = databases[tables.USER_IDS.number]
    cursor: Any = raw.cursor(db=databases[tables.USERS.number])
    for key, value in cursor:
        application, user = int.from_bytes(key[:4], "big"), tables.USERS.decode(value)
        found = raw.get(tables.USER_IDS.pack(application, user.user_id), db=ids)
        if found is not None and tables.USER_IDS.decode(found) == user.number:
            for table, place in places(user):
                raw.put(table.pack(application, *place), b"", db=databases[table.number])
