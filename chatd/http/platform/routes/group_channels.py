"""Group channels and their members."""

from __future__ import annotations

from typing import Final

from chatd.http.platform.routes.route import route
from chatd.http.platform.routes.users import LIST_NAMES

_CHANNEL: Final = "/group_channels/{channel_url}"

ROUTES: Final = (
    route("GET", "/group_channels", "channels.list_all", names=LIST_NAMES),
    route("POST", "/group_channels", "channels.create"),
    route("GET", _CHANNEL, "channels.view", names=LIST_NAMES),
    route("PUT", _CHANNEL, "channels.update"),
    route("DELETE", _CHANNEL, "channels.delete"),
    route("PUT", f"{_CHANNEL}/freeze", "channels.freeze"),
    route("POST", f"{_CHANNEL}/invite", "channels.invite"),
    route("PUT", f"{_CHANNEL}/accept", "channels.accept"),
    route("PUT", f"{_CHANNEL}/decline", "channels.decline"),
    route("PUT", f"{_CHANNEL}/join", "channels.join"),
    route("PUT", f"{_CHANNEL}/leave", "channels.leave"),
    route("PUT", f"{_CHANNEL}/hide", "channels.hide"),
    route("DELETE", f"{_CHANNEL}/hide", "channels.unhide"),
    route("PUT", f"{_CHANNEL}/reset_user_history", "channels.reset_history"),
    route("GET", f"{_CHANNEL}/members", "members.list"),
    route("GET", f"{_CHANNEL}/members/{{user_id}}", "members.view"),
    route("POST", f"{_CHANNEL}/typing", "channels.typing", fixed={"typing": True}),
    route("DELETE", f"{_CHANNEL}/typing", "channels.typing", fixed={"typing": False}),
)
