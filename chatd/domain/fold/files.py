"""Which messages use which blobs. The oldest one is in FILES, those that share its blob are in FILE_SHARES."""

from __future__ import annotations

from chatd.domain.fold.stored import current_message
from chatd.model import File, FileUse, Message
from chatd.store import tables
from chatd.store.transaction import Transaction


def use_file(txn: Transaction, channel: int, message_id: int, file: File) -> None:
    """A message of a channel uses a blob, perhaps one that others use."""
    if txn.get(tables.FILES, file.file_id) is None:
        txn.put(tables.FILES, file.file_id, value=FileUse(message_id, file))
    else:
        txn.put(tables.FILE_SHARES, file.file_id, message_id, value=channel)


def release_file(txn: Transaction, message: Message, file: File) -> None:
    """A message uses a blob no more. When it was the one in FILES, the next one takes its place."""
    use = txn.require(tables.FILES, file.file_id)
    if use.message != message.message_id:
        txn.delete(tables.FILE_SHARES, file.file_id, message.message_id)
        return
    found = next(txn.scan(tables.FILE_SHARES, file.file_id), None)
    if found is None:
        txn.delete(tables.FILES, file.file_id)
        return
    txn.delete(tables.FILE_SHARES, *found[0])
    txn.put(tables.FILES, file.file_id, value=FileUse(found[0][1], _part_of(txn, *found[0])))


def _part_of(txn: Transaction, file_id: str, message_id: int) -> File:
    """A blob as a message that uses it has it: the one before may have got its thumbnails later."""
    message = current_message(txn, message_id)
    assert message is not None
    return next(part for file in message.files for part in file.parts() if part.file_id == file_id)
