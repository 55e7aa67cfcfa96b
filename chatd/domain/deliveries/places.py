"""Which delivery, and what became of it."""

from __future__ import annotations

from typing import NamedTuple

from chatd.model import Delivery


class Place(NamedTuple):
    """Where a delivery is, and with that which one it is: part `part` of what event `sequence` leads to."""

    target: int
    lane: int
    sequence: int
    part: int


class Claimed(NamedTuple):
    """A delivery to make now: its attempt is noted."""

    place: Place
    delivery: Delivery


class Outcome(NamedTuple):
    """What became of an attempt: the status of the answer, or 0 and a reason; begun at `at`, in milliseconds."""

    status: int
    reason: str
    at: int
    milliseconds: int

    @property
    def is_delivered(self) -> bool:
        """Whether the target has taken it."""
        return 200 <= self.status < 300
