"""Incoming webhooks and slash commands: chatd's own."""

from __future__ import annotations

from typing import Final

from chatd.http.platform.routes.route import route

_INCOMING: Final = "/group_channels/{channel_url}/incoming_webhooks"

ROUTES: Final = (
    route("GET", _INCOMING, "incoming_webhooks.list"),
    route("POST", _INCOMING, "incoming_webhooks.create"),
    route("DELETE", f"{_INCOMING}/{{webhook_id}}", "incoming_webhooks.revoke"),
    route("GET", "/slash_commands", "slash_commands.list"),
    route("POST", "/slash_commands", "slash_commands.register"),
    route("DELETE", "/slash_commands/{name}", "slash_commands.remove"),
)
