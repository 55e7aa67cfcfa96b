"""Open channels, and who is in them."""

from __future__ import annotations

from typing import Final

from chatd.http.platform.routes.route import route

_CHANNEL: Final = "/open_channels/{channel_url}"

ROUTES: Final = (
    route("GET", "/open_channels", "open_channels.list", names={"custom_type": "custom_types"}),
    route("POST", "/open_channels", "open_channels.create"),
    route("GET", _CHANNEL, "open_channels.view"),
    route("PUT", _CHANNEL, "open_channels.update"),
    route("DELETE", _CHANNEL, "open_channels.delete"),
    route("PUT", f"{_CHANNEL}/freeze", "open_channels.freeze"),
    route("GET", f"{_CHANNEL}/participants", "open_channels.participants"),
)
