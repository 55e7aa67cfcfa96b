"""Announcements."""

from __future__ import annotations

from typing import Final

from chatd.http.platform.routes.route import route

ROUTES: Final = (
    route("POST", "/announcements", "announcements.create"),
    route("GET", "/announcements", "announcements.list"),
    route("GET", "/announcements/{unique_id}", "announcements.view"),
    route("PUT", "/announcements/{unique_id}", "announcements.update"),
    route("GET", "/announcement_group", "announcements.list_groups"),
    route("GET", "/announcement_stats/daily", "announcements.daily_stats"),
    route("GET", "/announcement_stats/weekly", "announcements.weekly_stats"),
    route("GET", "/announcement_stats/monthly", "announcements.monthly_stats"),
    route("GET", "/announcement_open_rate/{unique_id}", "announcements.open_rate"),
    route("GET", "/announcement_open_rate_by_group/{group}", "announcements.open_rate_of_group"),
    route(
        "GET",
        "/announcement_open_status/{unique_id}",
        "announcements.open_status",
        names={"unique_ids": "user_ids", "next": "token"},
    ),
)
