"""What happens to how fast users may write."""

from __future__ import annotations

from chatd.model import Pace, Record


class PaceChanged(Record, frozen=True, tag=110):
    """The application says anew how fast users may write."""

    pace: Pace
