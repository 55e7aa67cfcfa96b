"""Settings of the application."""

from __future__ import annotations

from typing import Final

from chatd.http.platform.routes.route import route

_PREFERENCE: Final = "/applications/default_channel_invitation_preference"
_DISCOVERY: Final = "/applications/settings/user_discovery"
_WEBHOOK: Final = "/applications/settings/webhook"
_TOKENS: Final = "/applications/api_tokens"

ROUTES: Final = (
    route("GET", _DISCOVERY, "applications.view_user_discovery"),
    route("PUT", _DISCOVERY, "applications.update_user_discovery"),
    route("GET", _WEBHOOK, "webhooks.view"),
    route("PUT", _WEBHOOK, "webhooks.update"),
    route("POST", f"{_WEBHOOK}/test", "webhooks.test"),
    route("GET", f"{_WEBHOOK}/attempts", "deliveries.list_attempts"),
    route("GET", f"{_WEBHOOK}/failed", "deliveries.list_failed"),
    route("POST", f"{_WEBHOOK}/failed/resend", "deliveries.resend"),
    route("DELETE", f"{_WEBHOOK}/failed", "deliveries.drop"),
    route("GET", _TOKENS, "api_tokens.list", is_for_master=True),
    route("POST", _TOKENS, "api_tokens.create", is_for_master=True),
    route("GET", f"{_TOKENS}/{{token}}", "api_tokens.view", is_for_master=True),
    route("DELETE", f"{_TOKENS}/{{token}}", "api_tokens.delete", is_for_master=True),
    route("GET", _PREFERENCE, "applications.view_invitation_preference"),
    route("PUT", _PREFERENCE, "applications.update_invitation_preference"),
)
