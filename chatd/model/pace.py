"""How fast users may write."""

from __future__ import annotations

from chatd.model.record import Record


class Pace(Record, frozen=True):
    """So many messages of a user within so many seconds, and the same text so often; 0 messages are no limit."""

    messages: int = 0
    seconds: int = 0
    repeats: int = 0
    repeat_seconds: int = 0
