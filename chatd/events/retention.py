"""What happens to messages that are kept no longer."""

from __future__ import annotations

from chatd.events.told import OfChannel
from chatd.model import Record, Retention


class RetentionChanged(Record, frozen=True, tag=20):
    """How long the application keeps messages where a channel does not say it."""

    retention: Retention


class MessagesExpired(OfChannel, frozen=True, tag=21):
    """The oldest messages of a channel are gone, up to and including the one at (`created_at`, `message_id`).

    `deleted` are those of them that were deleted before. What was written is scrubbed from the log in the same commit.
    """

    created_at: int
    message_id: int
    deleted: tuple[int, ...] = ()


class MessagesErased(OfChannel, frozen=True, tag=22):
    """Messages of a channel are gone: their sender is forgotten, or their time is over.

    `deleted` of them were deleted before.
    """

    messages: tuple[int, ...]
    deleted: tuple[int, ...] = ()
