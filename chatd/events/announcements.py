"""What happens to announcements. Nobody is told: they are told of the messages."""

from __future__ import annotations

from chatd.model import Announcement, Record


class AnnouncementCreated(Record, frozen=True, tag=253):
    """A message is to go into many channels; `targets` are numbers of channels or of users."""

    announcement: Announcement
    targets: tuple[int, ...] = ()


class AnnouncementUpdated(Record, frozen=True, tag=254):
    """It was changed before it began; `announcement` is the whole new record, `targets` are all of them."""

    announcement: Announcement
    targets: tuple[int, ...] = ()


class AnnouncementProgressed(Record, frozen=True, tag=255):
    """It has come to `cursor`, and was sent to so many more channels, in which there were so many users."""

    announcement: int
    cursor: int
    channels: int = 0
    users: int = 0


class AnnouncementMoved(Record, frozen=True, tag=256):
    """It has another status: it began, rests, goes on, or has ended."""

    announcement: int
    status: str
