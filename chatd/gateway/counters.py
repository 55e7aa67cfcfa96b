"""What the gateway counts for /metrics."""

from __future__ import annotations

from chatd.gateway.lag import LoopLag


class Counters:
    """Totals since the start; `connections` is how many there are now, `lag` how late the loop is."""

    __slots__ = (
        "accepted",
        "backlog_bytes",
        "closed",
        "connections",
        "deliveries",
        "frames_in",
        "lag",
        "not_shown",
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
        self.not_shown = 0
        self.sends = 0
        self.backlog_bytes = 0
        self.recovered = 0
        self.unrecovered = 0
        self.lag = LoopLag()
