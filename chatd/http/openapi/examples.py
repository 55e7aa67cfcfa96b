"""What an operation of the Platform API is called with, for instance."""

from __future__ import annotations

from typing import Any, Final

from chatd.domain import COMMANDS
from chatd.domain.examples import as_backend
from chatd.http.platform.routes.route import Route

# Examples speak of a group channel; where a path is about open channels, of this one.
_OPEN: Final = {"channel_url": "hall", "message_id": "$hall_message"}
# What some paths have beside the parameters of the command's example.
_PATH: Final = {
    "channel_url": "garden",
    "message_id": "$message",
    "offending_user_id": "member",
    "key": "blossoms",
    "client_id": "$client",
    "custom_type": "greenhouse",
    "provider_id": "1",
}
# A client leaves and writes itself; a backend says who does.
_WHOM: Final = {"channels.leave": {"user_ids": ["member"]}, "channels.typing": {"user_ids": ["member"]}}


def example(route: Route) -> dict[str, Any]:
    """All parameters of an example call, with `$things` as in the command table."""
    found = as_backend(COMMANDS[route.command]) | _WHOM.get(route.command, {})
    found |= {name: _PATH.get(name, f"${name}") for name in route.parameters if name not in found}
    if route.item:
        found["key"], found["value"] = next(iter(found.pop(route.item).items()))
    if route.channel_type == "open":
        found |= {name: value for name, value in _OPEN.items() if name in found}
    return {name: value for name, value in found.items() if name not in route.fixed}
