"""What happens to pins."""

from __future__ import annotations

from chatd.events.told import OfChannel


class MessagePinned(OfChannel, frozen=True, tag=60):
    """A message was pinned by a user; 0 for a backend."""

    message_id: int
    user: int = 0


class MessageUnpinned(OfChannel, frozen=True, tag=61):
    """A message is pinned no more. One that goes takes its pin with it, without this event."""

    message_id: int
    user: int = 0
