"""Blobs that nothing uses, on their way from the disk.

They are named under 0 in UPLOADS from the commit that ends their use until they are gone: a crash in between forgets
none. Who is named there is used by no message, and no message can come to use it.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from chatd.model import File, Message, Upload
from chatd.store import tables
from chatd.store.transaction import Transaction

_GONE = Upload(File("", "", "", 0), 0)

Key = tuple[int, str]


def discard(txn: Transaction, message: Message) -> None:
    """Have the blobs of a message that is gone removed, but for those that copies of it use."""
    for file in message.files:
        for part in file.parts():
            if txn.get(tables.FILES, part.file_id) is None:
                txn.put(tables.UPLOADS, 0, part.file_id, value=_GONE)


def discard_file(txn: Transaction, file: File) -> None:
    """Have the blobs of a file removed."""
    for part in file.parts():
        txn.put(tables.UPLOADS, 0, part.file_id, value=_GONE)


def expired(txn: Transaction) -> list[Key]:
    """The uploads that were not sent in time."""
    return [key for key, upload in txn.scan(tables.UPLOADS, start=(1,)) if upload.expires_at <= txn.now]


def expire(txn: Transaction, keys: Iterable[Key]) -> None:
    """Have those of these uploads removed that are still not sent."""
    for key in keys:
        upload = txn.get(tables.UPLOADS, *key)
        if upload is not None:
            txn.delete(tables.UPLOADS, *key)
            discard_file(txn, upload.file)


def discarded(txn: Transaction, limit: int) -> list[str]:
    """Some of the blobs to remove."""
    return [key[1] for key, _ in islice(txn.scan(tables.UPLOADS, 0), limit)]


def forget(txn: Transaction, file_ids: Iterable[str]) -> None:
    """These blobs are gone from the disk."""
    for file_id in file_ids:
        txn.delete(tables.UPLOADS, 0, file_id)


def unnamed(txn: Transaction, file_ids: Iterable[str]) -> list[str]:
    """Those of these blobs of which nothing is known: what was received when the server was killed."""
    uploads: set[str] = set()
    for (_, file_id), upload in txn.scan(tables.UPLOADS):
        uploads |= {file_id, *(part.file_id for part in upload.file.parts())}
    return [file_id for file_id in file_ids if file_id not in uploads and not _is_named(txn, file_id)]


def _is_named(txn: Transaction, file_id: str) -> bool:
    return txn.get(tables.FILES, file_id) is not None or txn.get(tables.EXPORT_FILES, file_id) is not None


def discard_unnamed(txn: Transaction, file_ids: Iterable[str]) -> None:
    """Have those of these blobs removed of which nothing is known."""
    for file_id in unnamed(txn, file_ids):
        txn.put(tables.UPLOADS, 0, file_id, value=_GONE)
