"""Format 6: the bytes of files are counted anew.

Files that were sent before bytes were counted count too, and pictures of previews for nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

import lmdb

from chatd import events
from chatd.store import tables


class _Use(NamedTuple):
    """A blob of a message."""

    application: int
    file_id: str
    message: int
    size: int


def to_format_6(raw: lmdb.Transaction, databases: dict[int, Any]) -> None:
    """Count what messages use, for their senders and, under 0, for all."""
    counted: Any = databases[tables.FILE_BYTES.number]
    raw.drop(counted, delete=False)
    taken: Counter[tuple[int, int]] = Counter()
    for use in _uses(raw, databases):
        for user in {0, _sender(raw, databases, use)}:
            taken[use.application, user] += use.size
    for (application, user), size in taken.items():
        if size:
            raw.put(tables.FILE_BYTES.pack(application, user), tables.FILE_BYTES.encode(size), db=counted)


def _uses(raw: lmdb.Transaction, databases: dict[int, Any]) -> Iterator[_Use]:
    """The blobs of messages: for each the oldest message, and those that share it."""
    shares: Any = raw.cursor(db=databases[tables.FILE_SHARES.number])
    files: Any = raw.cursor(db=databases[tables.FILES.number])
    for key, value in files:
        application, (file_id,), use = (
            int.from_bytes(key[:4], "big"),
            tables.FILES.unpack(key),
            tables.FILES.decode(value),
        )
        if not use.message:  # the picture of a user or a channel
            continue
        yield _Use(application, file_id, use.message, use.file.size)
        found = shares.set_range(tables.FILE_SHARES.pack(application, file_id, 0))
        while found and (share := shares.key())[:4] == key[:4]:
            other, message = tables.FILE_SHARES.unpack(share)
            if other != file_id:
                break
            yield _Use(application, file_id, message, use.file.size)
            found = shares.next()


def _sender(raw: lmdb.Transaction, databases: dict[int, Any], use: _Use) -> int:
    """Who sent a blob with a message; 0 for the picture of its preview, which nobody has sent."""
    found = raw.get(tables.PREVIEWS.pack(use.application, use.message), db=databases[tables.PREVIEWS.number])
    preview = tables.PREVIEWS.decode(found).preview if found else None
    if preview is not None and any(each.file_id == use.file_id for each in preview.files()):
        return 0
    place = tables.LOG.pack(use.application, use.message)
    event = tables.LOG.decode(raw.get(place, db=databases[tables.LOG.number])).event
    assert isinstance(event, events.MessageSent)
    return event.message.sender
