"""How pictures come and go."""

from __future__ import annotations

from msgspec.structs import replace

from chatd import events
from chatd.domain.fold.dispatch import apply
from chatd.domain.fold.file_bytes import add_bytes
from chatd.domain.fold.files import use_file
from chatd.domain.fold.stored import current_message
from chatd.model import FileUse
from chatd.model.files import thumbnail_file
from chatd.store import tables
from chatd.store.transaction import Transaction


def forget_picture(txn: Transaction, scope: int) -> None:
    """A user or a channel has no picture any more."""
    file_id = txn.get(tables.PICTURES, scope)
    if file_id is not None:
        txn.delete(tables.PICTURES, scope)
        txn.delete(tables.FILES, file_id)


@apply.register
def _(event: events.ThumbnailsMade, txn: Transaction, sequence: int, time: int) -> None:
    message = current_message(txn, event.message_id)
    before = next((file for file in message.files if file.file_id == event.file_id), None) if message else None
    if message is None or before is None:
        return  # what was removed later is not in the log any more
    after = replace(before, width=event.width, height=event.height, thumbnails=event.thumbnails)
    files = tuple(after if file is before else file for file in message.files)
    txn.put(tables.MESSAGES, event.message_id, value=replace(message, files=files))
    add_bytes(txn, message.sender, (before,), -1)
    add_bytes(txn, message.sender, (after,))
    use = txn.get(tables.FILES, event.file_id)
    if use is not None and use.message == event.message_id:
        txn.put(tables.FILES, event.file_id, value=FileUse(event.message_id, after))
    for thumbnail in after.thumbnails:
        use_file(txn, message.channel, event.message_id, thumbnail_file(thumbnail))


@apply.register
def _(event: events.PictureChanged, txn: Transaction, sequence: int, time: int) -> None:
    forget_picture(txn, event.scope)
    if event.file is not None:
        txn.put(tables.PICTURES, event.scope, value=event.file.file_id)
        txn.put(tables.FILES, event.file.file_id, value=FileUse(0, event.file))
