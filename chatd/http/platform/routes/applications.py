"""Settings of the application."""

from __future__ import annotations

from typing import Final

from chatd.http.platform.routes.route import route

_PREFERENCE: Final = "/applications/default_channel_invitation_preference"

ROUTES: Final = (
    route("GET", _PREFERENCE, "applications.view_invitation_preference"),
    route("PUT", _PREFERENCE, "applications.update_invitation_preference"),
)
