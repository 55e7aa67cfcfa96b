"""Format 8: from a message the log's events are found by which reactions to it came and went.

So what they were goes with the message; of those that are gone already it is noted for removal.
"""

from __future__ import annotations

from typing import Any

import lmdb

from chatd import events
from chatd.store import tables


def to_format_8(raw: lmdb.Transaction, databases: dict[int, Any]) -> None:
    """Walk once along the log."""
    cursor: Any = raw.cursor(db=databases[tables.LOG.number])
    reacted, lost = databases[tables.REACTED.number], databases[tables.LOST_MESSAGES.number]
    seen: set[bytes] = set()
    for key, value in cursor:
        event = tables.LOG.decode(value).event
        if not isinstance(event, events.ReactionAdded | events.ReactionRemoved):
            continue
        application = int.from_bytes(key[:4], "big")
        raw.put(tables.REACTED.pack(application, event.message_id, *tables.LOG.unpack(key)), b"", db=reacted)
        place = tables.LOST_MESSAGES.pack(application, event.message_id)
        if place not in seen:
            seen.add(place)
            is_removed, is_gone = _state(raw, databases, application, event.message_id)
            if is_removed or is_gone:
                raw.put(place, tables.LOST_MESSAGES.encode(is_gone), db=lost)


def _state(raw: lmdb.Transaction, databases: dict[int, Any], application: int, message_id: int) -> tuple[bool, bool]:
    """Whether a message was deleted, and whether it is gone for good."""
    entry = tables.LOG.decode(raw.get(tables.LOG.pack(application, message_id), db=databases[tables.LOG.number]))
    assert isinstance(entry.event, events.MessageSent)
    message = entry.event.message
    changed = raw.get(tables.MESSAGES.pack(application, message_id), db=databases[tables.MESSAGES.number])
    place = tables.TIMELINE.pack(application, message.channel, message.created_at or entry.time, message_id)
    is_gone = raw.get(place, db=databases[tables.TIMELINE.number]) is None
    return changed is not None and tables.MESSAGES.decode(changed).is_removed, is_gone
