"""Files and what uses them."""

from __future__ import annotations

from chatd.model.record import Record


class Thumbnail(Record, frozen=True):
    """A smaller picture of a file, a blob of its own. It was made to fit into a square of `box` pixels."""

    file_id: str
    type: str
    size: int
    sha256: bytes
    box: int
    width: int
    height: int


class File(Record, frozen=True):
    """What a message says of a file. Its bytes are the blob `file_id`; with `url` they are kept elsewhere.

    `type` is a media type, `size` in bytes, `sha256` the digest of the bytes, empty for what is kept elsewhere. Width
    and height are those of a picture, in pixels, as it is shown.
    """

    file_id: str
    name: str
    type: str
    size: int
    sha256: bytes = b""
    width: int = 0
    height: int = 0
    url: str = ""
    thumbnails: tuple[Thumbnail, ...] = ()

    def parts(self) -> tuple[File, ...]:
        """What of it is on disk: itself and its thumbnails, each as a file."""
        if not self.file_id:
            return ()
        return (self, *(thumbnail_file(each) for each in self.thumbnails)) if self.thumbnails else (self,)


def thumbnail_file(each: Thumbnail) -> File:
    """A thumbnail as a file."""
    name = f"{each.box}.{each.type.rpartition('/')[2]}"
    return File(each.file_id, name, each.type, each.size, each.sha256, each.width, each.height)


class FileUse(Record, frozen=True):
    """The message that a blob belongs to, and what it says of it."""

    message: int
    file: File


class Upload(Record, frozen=True):
    """A blob that no message uses: one that its uploader may send until `expires_at`, or one to be removed."""

    file: File
    expires_at: int
