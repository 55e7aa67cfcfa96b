"""Smaller pictures of the files of messages, made in the background: before the message is sent, or after it."""

from __future__ import annotations

from itertools import islice
from typing import Final

from msgspec.structs import replace

from chatd import events
from chatd.domain.fold.stored import current_message
from chatd.domain.messages.discarding import discard_file
from chatd.domain.messages.removal import tell
from chatd.model import FileUse, Thumbnail
from chatd.model.files import thumbnail_file
from chatd.store import tables
from chatd.store.transaction import Transaction

# A picture gets those that are smaller than itself: they fit into squares of so many pixels.
BOXES: Final = (320, 1024)


def waiting(txn: Transaction, limit: int) -> list[str]:
    """Some of the files of which pictures are to be made."""
    return [file_id for (file_id,), _ in islice(txn.scan(tables.IMAGES), limit)]


def keep_thumbnails(txn: Transaction, file_id: str, size: tuple[int, int], thumbnails: tuple[Thumbnail, ...]) -> None:
    """Give a file its thumbnails, whose blobs are on disk, and its width and height; (0, 0) when it is no picture."""
    uploader = txn.get(tables.IMAGES, file_id) or 0
    txn.delete(tables.IMAGES, file_id)
    upload, use = txn.get(tables.UPLOADS, uploader, file_id), txn.get(tables.FILES, file_id)
    if uploader and upload is not None:
        file = replace(upload.file, width=size[0], height=size[1], thumbnails=thumbnails)
        txn.put(tables.UPLOADS, uploader, file_id, value=replace(upload, file=file))
    elif uploader and use is not None:
        if size != (0, 0):
            _tell(txn, use, size, thumbnails)
    else:
        for each in thumbnails:
            discard_file(txn, thumbnail_file(each))


def _tell(txn: Transaction, use: FileUse, size: tuple[int, int], thumbnails: tuple[Thumbnail, ...]) -> None:
    message = current_message(txn, use.message)
    assert message is not None
    parts = (message.channel, message.message_id, message.sender, use.file.file_id, *size, thumbnails)
    tell(txn, message.channel, events.ThumbnailsMade(*parts))
