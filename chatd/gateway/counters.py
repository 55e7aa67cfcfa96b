"""What the gateway counts for /metrics."""

from __future__ import annotations


class Counters:
    """Totals since the start; `connections` is how many there are now."""

    __slots__ = (
        "accepted",
        "backlog_bytes",
        "closed",
        "connections",
        "deliveries",
        "frames_in",
        "loop_lag_seconds",
        "recovered",
        "refused",
        "sends",
        "unrecovered",
    )

    def __init__(self) -> None:
        self.connections = 0
        self.accepted = 0
        self.refused = 0
        self.closed: dict[int, int] = {}
        self.frames_in = 0
        self.deliveries = 0
        self.sends = 0
        self.backlog_bytes = 0
        self.recovered = 0
        self.unrecovered = 0
        self.loop_lag_seconds = 0.0
