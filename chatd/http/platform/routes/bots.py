"""Bots, their channels and what they write."""

from __future__ import annotations

from typing import Final

from chatd.http.platform.routes.route import route

_BOT: Final = "/bots/{bot_userid}"

ROUTES: Final = (
    route("GET", "/bots", "bots.list"),
    route("POST", "/bots", "bots.create"),
    route("GET", _BOT, "bots.view"),
    route("PUT", _BOT, "bots.update"),
    route("DELETE", _BOT, "bots.delete"),
    route("POST", f"{_BOT}/channels", "bots.join"),
    route("DELETE", f"{_BOT}/channels", "bots.leave"),
    route("DELETE", f"{_BOT}/channels/{{channel_url}}", "bots.leave"),
    route("POST", f"{_BOT}/send", "bots.send"),
)
