"""What happens to what users keep for themselves: drafts, saved messages, threads that they follow."""

from __future__ import annotations

from chatd.events.told import OfUser
from chatd.model import Record


class DraftChanged(OfUser, frozen=True, tag=73):
    """What a user has begun to write; without `text` and `data` nothing any more. `parent` is a thread, or 0.

    What the event before held is scrubbed from the log in the same commit.
    """

    channel: int
    parent: int
    text: str = ""
    data: str = ""


class MessageSaved(OfUser, frozen=True, tag=74):
    """A user put a message aside."""

    channel: int
    message_id: int


class MessageUnsaved(OfUser, frozen=True, tag=75):
    """A user no longer keeps a message aside."""

    message_id: int


class ThreadFollowed(OfUser, frozen=True, tag=76):
    """A user said that they follow the thread of a message, or do not any more."""

    channel: int
    message_id: int
    is_followed: bool


class ThreadRead(OfUser, frozen=True, tag=77):
    """A user has read the thread of a message up to a reply, sent at `read_at`."""

    channel: int
    message_id: int
    read_at: int
    reply: int


class BookmarksRemoved(Record, frozen=True, tag=80):
    """Of a message that was deleted, or is kept no longer, bookmarks go, a few at a time. Nobody is told.

    These users had saved it, and these followed the thread that it had begun. By the events `reacted` reactions to it
    came and went; what they were is scrubbed from the log in the same commit.
    """

    message_id: int
    savers: tuple[int, ...] = ()
    followers: tuple[int, ...] = ()
    reacted: tuple[int, ...] = ()
