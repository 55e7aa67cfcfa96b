"""Files of messages: uploaded first, then sent.

A file is the blob of its id on disk, and what the message says of it. Until it is sent it is an upload, which only its
uploader may send, once, and which expires. Copies of a message share its blobs. Blobs that nothing uses are under 0 in
UPLOADS until they are removed from disk, so none is forgotten, and none is removed that a message could come to use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from chatd.domain.fold.stored import current_message
from chatd.domain.messages.file_links import is_signed
from chatd.errors import LimitExceeded, MissingParameter, NotFound
from chatd.model import Actor, Channel, File, FileUse, Upload
from chatd.store import tables
from chatd.store.transaction import Transaction

UPLOAD_LIFETIME: Final = 24 * 60 * 60 * 1000
MAX_FILES: Final = 30
MAX_UPLOADS: Final = 100  # of one user, that are not sent yet
MAX_SHARES: Final = 1000  # looked through for one that the caller may read; a signed address needs no such look

FileId = Annotated[str, Meta(max_length=64, pattern=r"^[A-Za-z0-9_-]*\Z")]
FileName = Annotated[str, Meta(max_length=255, pattern=r"^[^\x00-\x1f\x7f]*\Z")]
MediaType = Annotated[str, Meta(max_length=128, pattern=r"^([A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+)?\Z")]
FileUrl = Annotated[str, Meta(max_length=2048, pattern=r"^(https?://[^\s]+)?\Z")]
FileSize = Annotated[int, Meta(ge=0, le=2**53)]

# Of these, smaller pictures are made.
PICTURES: Final = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})

_FILE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
DEFAULT_TYPE: Final = "application/octet-stream"


class Sent(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A file to send: an upload by its `file_id`, or one that is kept elsewhere by its `url`."""

    file_id: FileId = ""
    url: FileUrl = ""
    file_name: FileName = ""
    file_type: MediaType = ""
    file_size: FileSize = 0


class Shared(Sent, frozen=True, kw_only=True, gc=False):
    """A file that another message has already. No caller can name one: it comes of copying that message."""

    file: File


SentFiles = Annotated[tuple[Sent, ...], Meta(max_length=MAX_FILES)]


def keep_upload(txn: Transaction, uploader: int, file: File) -> None:
    """Note a blob that is on disk, for its uploader to send. Raises LimitExceeded."""
    check_uploads(txn, uploader)
    txn.put(tables.UPLOADS, uploader, file.file_id, value=Upload(file, txn.now + UPLOAD_LIFETIME))
    if file.type in PICTURES:
        txn.put(tables.IMAGES, file.file_id, value=uploader)


def check_uploads(txn: Transaction, uploader: int) -> None:
    """Raise LimitExceeded when a user has as many uploads as may wait to be sent."""
    waiting = sum(1 for _ in zip(txn.scan(tables.UPLOADS, uploader), range(MAX_UPLOADS), strict=False))
    if waiting >= MAX_UPLOADS:
        raise LimitExceeded(f"{MAX_UPLOADS} uploads wait to be sent; send some, or wait a day.")


def attach(txn: Transaction, sender: int, sent: tuple[Sent, ...]) -> tuple[File, ...]:
    """The files of a message about to be sent; uploads are used up. Raises NotFound, also for those of others."""
    return tuple(_attach(txn, sender, each) for each in sent)


def find(txn: Transaction, actor: Actor, file_id: str) -> File:
    """A file for somebody who may see its message, or for its uploader. Raises NotFound."""
    use = _use(txn, file_id)
    if actor.user is None and (exported := _exported(txn, file_id)):
        return exported
    if use is not None:
        if any(_may_read(txn, actor, channel) for channel in _channels_of(txn, file_id, use)):
            return use.file
    elif actor.user is not None and _FILE_ID.fullmatch(file_id):
        upload = txn.get(tables.UPLOADS, actor.user, file_id)
        if upload is not None:
            return upload.file
    raise NotFound("File")


def find_signed(txn: Transaction, file_id: str, expires: int, signature: str) -> File:
    """A file for whoever has its signed address. Raises NotFound."""
    if not is_signed(txn, file_id, expires, signature):
        raise NotFound("File")
    if exported := _exported(txn, file_id):
        return exported
    if (use := _use(txn, file_id)) is None:
        raise NotFound("File")
    if next(_channels_of(txn, file_id, use), None) is None:
        raise NotFound("File")
    return use.file


def _use(txn: Transaction, file_id: str) -> FileUse | None:
    return txn.get(tables.FILES, file_id) if _FILE_ID.fullmatch(file_id) else None


def _exported(txn: Transaction, file_id: str) -> File | None:
    """The file of an export that is done."""
    number = txn.get(tables.EXPORT_FILES, file_id) if _FILE_ID.fullmatch(file_id) else None
    return None if number is None else txn.require(tables.EXPORTS, number).file


def _may_read(txn: Transaction, actor: Actor, channel: Channel) -> bool:
    if actor.user is None or ((channel.is_public or channel.is_open) and not actor.is_visitor):
        return True
    return txn.get(tables.MEMBERS, channel.number, actor.user) is not None


def _channels_of(txn: Transaction, file_id: str, use: FileUse) -> Iterator[Channel]:
    """The channels of the messages that use a file, but for those that are gone: their files are about to go."""
    message = current_message(txn, use.message)
    first = [message.channel] if message is not None else []
    shares = islice(txn.scan(tables.FILE_SHARES, file_id), MAX_SHARES)
    for number in dict.fromkeys(chain(first, (channel for _, channel in shares))):
        channel = txn.get(tables.CHANNELS, number)
        if channel is not None:
            yield channel


def _attach(txn: Transaction, sender: int, sent: Sent) -> File:
    if isinstance(sent, Shared):
        return sent.file
    if sent.url:
        return File("", sent.file_name, sent.file_type or DEFAULT_TYPE, sent.file_size, url=sent.url)
    if not sent.file_id:
        raise MissingParameter("file_id")
    upload = txn.get(tables.UPLOADS, sender, sent.file_id)
    if upload is None:
        raise NotFound("File")
    txn.delete(tables.UPLOADS, sender, sent.file_id)
    return upload.file
