"""Privacy requests."""

from __future__ import annotations

from typing import Final

from chatd.http.platform.routes.route import route

ROUTES: Final = (
    route("GET", "/privacy/gdpr", "privacy.list"),
    route("POST", "/privacy/gdpr", "privacy.create"),
    route("GET", "/privacy/gdpr/{request_id}", "privacy.view"),
    route("DELETE", "/privacy/gdpr/{request_id}", "privacy.cancel"),
)
