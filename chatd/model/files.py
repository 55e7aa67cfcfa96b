"""Files and what uses them."""

from __future__ import annotations

from chatd.model.record import Record


class File(Record, frozen=True):
    """What a message says of a file. Its bytes are the blob `file_id`; with `url` they are kept elsewhere.

    `type` is a media type, `size` in bytes, `sha256` the digest of the bytes, empty for what is kept elsewhere.
    """

    file_id: str
    name: str
    type: str
    size: int
    sha256: bytes = b""
    width: int = 0
    height: int = 0
    url: str = ""


class FileUse(Record, frozen=True):
    """The message that a blob belongs to, and what it says of it."""

    message: int
    file: File


class Upload(Record, frozen=True):
    """A blob that no message uses: one that its uploader may send until `expires_at`, or one to be removed."""

    file: File
    expires_at: int
