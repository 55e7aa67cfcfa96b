"""Reports."""

from __future__ import annotations

from chatd.model.record import Record


class ReportState(Record, frozen=True):
    """What has become of a report: `resolved` or `dismissed`, and when. Of one that is open there is none."""

    status: str
    since: int
