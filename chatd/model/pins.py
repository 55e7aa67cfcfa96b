"""Messages that a channel keeps in view."""

from __future__ import annotations

from chatd.model.record import Record


class Pin(Record, frozen=True):
    """That a message is pinned: by which event, when in milliseconds, by whom; 0 for a backend."""

    sequence: int
    pinned_at: int
    user: int
