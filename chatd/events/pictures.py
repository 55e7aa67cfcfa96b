"""What happens to pictures: of messages' files, and those that users and channels have."""

from __future__ import annotations

from chatd.events.told import OfChannel
from chatd.model import File, Record, Thumbnail


class ThumbnailsMade(OfChannel, frozen=True, tag=78):
    """Smaller pictures of a file of a message were made after it was sent; width and height are the file's own."""

    message_id: int
    sender: int
    file_id: str
    width: int
    height: int
    thumbnails: tuple[Thumbnail, ...] = ()


class PictureChanged(Record, frozen=True, tag=79):
    """A user or a channel, whose number `scope` is, has another picture, or None. The one before is removed."""

    scope: int
    file: File | None = None
