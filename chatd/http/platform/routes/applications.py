"""Settings of the application."""

from __future__ import annotations

from typing import Final

from chatd.http.platform.routes.route import route

_PREFERENCE: Final = "/applications/default_channel_invitation_preference"
_DISCOVERY: Final = "/applications/settings/user_discovery"
_WEBHOOK: Final = "/applications/settings/webhook"
_ALLOWED: Final = "/applications/settings/ip_whitelist"
_REACTIONS: Final = "/applications/settings/reactions"
_TOKENS: Final = "/applications/api_tokens"

ROUTES: Final = (
    route("GET", "/applications/settings/auto_event_message", "auto_messages.view"),
    route("PUT", "/applications/settings/auto_event_message", "auto_messages.update"),
    route("GET", _ALLOWED, "ip_whitelist.view"),
    route("PUT", _ALLOWED, "ip_whitelist.add"),
    route("DELETE", _ALLOWED, "ip_whitelist.remove"),
    route("GET", _REACTIONS, "reaction_settings.view"),
    route("PUT", _REACTIONS, "reaction_settings.update"),
    route("PUT", "/applications/settings/use_default_emoji", "reaction_settings.use_default_emoji"),
    route("GET", "/emoji_categories", "emoji_categories.list"),
    route("POST", "/emoji_categories", "emoji_categories.create"),
    route("GET", "/emoji_categories/{category_id}", "emoji_categories.view"),
    route("PUT", "/emoji_categories/{category_id}", "emoji_categories.update"),
    route("DELETE", "/emoji_categories/{category_id}", "emoji_categories.delete"),
    route("GET", "/emojis", "emojis.list"),
    route("POST", "/emojis", "emojis.create"),
    route("GET", "/emojis/{emoji_key}", "emojis.view"),
    route("PUT", "/emojis/{emoji_key}", "emojis.update"),
    route("DELETE", "/emojis/{emoji_key}", "emojis.delete"),
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
