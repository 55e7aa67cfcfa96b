"""What happens to messages."""

from __future__ import annotations

from chatd.events.told import OfChannel
from chatd.model import Message, Record


class MessageSent(Record, frozen=True, tag=9):
    """A message was sent; `message.message_id` is 0 here and is this event's sequence number."""

    message: Message


class MessageUpdated(Record, frozen=True, tag=10):
    """A message has changed; `message` is the whole new record, its `edit` still that of the change before.

    Where `is_edit` is False nobody has edited it: it was translated.
    """

    message: Message
    is_edit: bool = True


class MessageDeleted(OfChannel, frozen=True, tag=11):
    """A message was deleted for everyone; its text is scrubbed from the log in the same commit."""

    message_id: int


class ReactionAdded(OfChannel, frozen=True, tag=14):
    """A user reacted to a message with `key`; `created_at` is 0 but for what was imported."""

    message_id: int
    key: str
    user: int
    created_at: int = 0


class ReactionRemoved(OfChannel, frozen=True, tag=15):
    """A user took a reaction back."""

    message_id: int
    key: str
    user: int
