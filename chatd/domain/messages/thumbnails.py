"""Smaller pictures of the files of messages, made in the background: before the message is sent, or after it."""

from __future__ import annotations

from itertools import islice
from typing import Final

from msgspec.structs import replace

from chatd import events
from chatd.domain.fold.stored import current_message
from chatd.domain.messages.discarding import discard_file
from chatd.domain.messages.removal import tell
from chatd.model import Thumbnail
from chatd.model.files import thumbnail_file
from chatd.store import tables
from chatd.store.transaction import Transaction

# A picture gets those that are smaller than itself: they fit into squares of so many pixels.
BOXES: Final = (320, 1024)


def waiting(txn: Transaction, limit: int) -> list[str]:
    """Some of the files of which pictures are to be made."""
    return [file_id for (file_id,), _ in islice(txn.scan(tables.IMAGES), limit)]


def keep_thumbnails(txn: Transaction, file_id: str, size: tuple[int, int], thumbnails: tuple[Thumbnail, ...]) -> None:
    """Give a file its thumbnails, whose blobs are on disk, and its width and height; (0, 0) when it is no picture.

    Copies of its message that were made before get them too, and share them.
    """
    uploader = txn.get(tables.IMAGES, file_id) or 0
    txn.delete(tables.IMAGES, file_id)
    upload = txn.get(tables.UPLOADS, uploader, file_id)
    if uploader and upload is not None:
        file = replace(upload.file, width=size[0], height=size[1], thumbnails=thumbnails)
        txn.put(tables.UPLOADS, uploader, file_id, value=replace(upload, file=file))
    elif uploader and (messages := _messages_with(txn, file_id)):
        for message_id in messages if size != (0, 0) else ():
            _tell(txn, message_id, file_id, size, thumbnails)
    else:
        for each in thumbnails:
            discard_file(txn, thumbnail_file(each))


def _messages_with(txn: Transaction, file_id: str) -> list[int]:
    """The message that a file was sent in, and its copies, of which a moment after the upload there are few."""
    use = txn.get(tables.FILES, file_id)
    return [] if use is None else [use.message, *(copy for (_, copy), _ in txn.scan(tables.FILE_SHARES, file_id))]


def _tell(
    txn: Transaction, message_id: int, file_id: str, size: tuple[int, int], thumbnails: tuple[Thumbnail, ...]
) -> None:
    message = current_message(txn, message_id)
    assert message is not None
    parts = (message.channel, message_id, message.sender, file_id, *size, thumbnails)
    tell(txn, message.channel, events.ThumbnailsMade(*parts))
