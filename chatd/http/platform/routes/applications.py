"""Settings of the application."""

from __future__ import annotations

from typing import Final

from chatd.http.platform.routes.route import route

_PREFERENCE: Final = "/applications/default_channel_invitation_preference"
_WEBHOOK: Final = "/applications/settings/webhook"

ROUTES: Final = (
    route("GET", _WEBHOOK, "webhooks.view"),
    route("PUT", _WEBHOOK, "webhooks.update"),
    route("POST", f"{_WEBHOOK}/test", "webhooks.test"),
    route("GET", f"{_WEBHOOK}/attempts", "deliveries.list_attempts"),
    route("GET", f"{_WEBHOOK}/failed", "deliveries.list_failed"),
    route("POST", f"{_WEBHOOK}/failed/resend", "deliveries.resend"),
    route("DELETE", f"{_WEBHOOK}/failed", "deliveries.drop"),
    route("GET", _PREFERENCE, "applications.view_invitation_preference"),
    route("PUT", _PREFERENCE, "applications.update_invitation_preference"),
)
