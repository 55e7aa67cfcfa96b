"""Messages that are to be sent later."""

from __future__ import annotations

from typing import Final

from chatd.http.platform.routes.route import route

_MESSAGES: Final = "/group_channels/{channel_url}/scheduled_messages"
_MESSAGE: Final = f"{_MESSAGES}/{{scheduled_message_id}}"

ROUTES: Final = (
    route("GET", "/scheduled_messages", "scheduled_messages.list"),
    route("GET", "/scheduled_messages/count", "scheduled_messages.count"),
    route("POST", _MESSAGES, "scheduled_messages.create"),
    route("GET", _MESSAGE, "scheduled_messages.view"),
    route("PUT", _MESSAGE, "scheduled_messages.update"),
    route("POST", _MESSAGE, "scheduled_messages.update"),
    route("DELETE", _MESSAGE, "scheduled_messages.cancel"),
    route("POST", f"{_MESSAGE}/send_now", "scheduled_messages.send_now", is_void=True),
)
