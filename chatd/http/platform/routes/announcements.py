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
)
