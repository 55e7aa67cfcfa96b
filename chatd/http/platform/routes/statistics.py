"""Statistics."""

from __future__ import annotations

from chatd.http.platform.routes.route import route

ROUTES = (
    route("GET", "/applications/ccu", "statistics.ccu"),
    route("GET", "/applications/peak_connections", "statistics.peak_connections"),
    route("GET", "/applications/dau", "statistics.dau"),
    route("GET", "/applications/mau", "statistics.mau"),
    route("GET", "/statistics/metric", "statistics.metric"),
    route("GET", "/statistics/range", "statistics.range"),
    route("GET", "/statistics/retention", "statistics.retention"),
    route("GET", "/statistics/top", "statistics.top"),
)
