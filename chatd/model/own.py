"""What users keep for themselves: drafts, and how far they have read the threads that they follow."""

from __future__ import annotations

from chatd.model.record import Record


class Draft(Record, frozen=True):
    """What a user has begun to write in a channel, or in a thread; `edit` is the event that holds it."""

    text: str
    data: str
    updated_at: int
    edit: int


class Following(Record, frozen=True):
    """What a user has to do with a thread. It is read up to the reply `read_reply`, sent at `read_at`."""

    channel: int
    is_followed: bool = True
    read_at: int = 0
    read_reply: int = 0
