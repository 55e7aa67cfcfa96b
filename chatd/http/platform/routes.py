"""Every operation of the Platform API: method, path, and the command that it is.

Path parameters are parameters of the command; `fixed` are further ones that the path implies.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from chatd.errors import InvalidEndpoint, WrongType


class Route(NamedTuple):
    """One operation. `segments` is its path, split; `{name}` stands for a parameter."""

    method: str
    segments: tuple[str, ...]
    command: str
    fixed: dict[str, Any]


def _route(method: str, path: str, command: str, **fixed: Any) -> Route:
    return Route(method, tuple(path.strip("/").split("/")), command, fixed)


_USER = "/users/{user_id}"
_CHANNEL = "/group_channels/{channel_url}"
_MESSAGE = "/group_channels/{channel_url}/messages/{message_id}"

# A fixed segment comes before a parameter in the same place: the first match counts.
ROUTES = (
    _route("GET", "/users", "users.list"),
    _route("POST", "/users", "users.create"),
    _route("GET", _USER, "users.view"),
    _route("PUT", _USER, "users.update"),
    _route("DELETE", _USER, "users.delete"),
    _route("POST", f"{_USER}/token", "sessions.issue"),
    _route("DELETE", f"{_USER}/token", "sessions.revoke"),
    _route("GET", f"{_USER}/connections", "connections.list"),
    _route("DELETE", f"{_USER}/connections", "connections.cut"),
    _route("DELETE", f"{_USER}/connections/{{client_id}}", "connections.cut"),
    _route("GET", f"{_USER}/my_group_channels", "channels.list"),
    _route("PUT", f"{_USER}/my_group_channels/leave", "channels.leave_all"),
    _route("PUT", f"{_USER}/mark_as_read_all", "channels.mark_all_read"),
    _route("GET", f"{_USER}/unread_message_count", "users.unread_message_count"),
    _route("GET", f"{_USER}/unread_channel_count", "users.unread_channel_count"),
    _route("POST", f"{_USER}/erase", "users.erase"),
    _route("GET", f"{_USER}/metadata", "user_metadata.view"),
    _route("POST", f"{_USER}/metadata", "user_metadata.create"),
    _route("PUT", f"{_USER}/metadata", "user_metadata.update"),
    _route("DELETE", f"{_USER}/metadata", "user_metadata.delete"),
    _route("GET", f"{_USER}/metadata/{{key}}", "user_metadata.view"),
    _route("PUT", f"{_USER}/metadata/{{key}}", "user_metadata.update"),
    _route("DELETE", f"{_USER}/metadata/{{key}}", "user_metadata.delete"),
    _route("PUT", f"{_USER}/status", "users.set_status"),
    _route("GET", "/applications/settings/user_discovery", "applications.view_user_discovery"),
    _route("PUT", "/applications/settings/user_discovery", "applications.update_user_discovery"),
    _route("GET", "/bots", "bots.list"),
    _route("POST", "/bots", "bots.create"),
    _route("GET", "/bots/{bot_userid}", "bots.view"),
    _route("PUT", "/bots/{bot_userid}", "bots.update"),
    _route("DELETE", "/bots/{bot_userid}", "bots.delete"),
    _route("POST", "/bots/{bot_userid}/channels", "bots.join"),
    _route("DELETE", "/bots/{bot_userid}/channels", "bots.leave"),
    _route("DELETE", "/bots/{bot_userid}/channels/{channel_url}", "bots.leave"),
    _route("POST", "/bots/{bot_userid}/send", "bots.send"),
    _route("GET", "/privacy/gdpr", "privacy.list"),
    _route("POST", "/privacy/gdpr", "privacy.create"),
    _route("GET", "/privacy/gdpr/{request_id}", "privacy.view"),
    _route("DELETE", "/privacy/gdpr/{request_id}", "privacy.cancel"),
    _route("GET", "/applications/settings_global", "retention.view"),
    _route("PUT", "/applications/settings_global", "retention.update"),
    _route("GET", "/search/messages", "messages.search"),
    _route("GET", "/group_channels", "channels.list_all"),
    _route("POST", "/group_channels", "channels.create"),
    _route("GET", _CHANNEL, "channels.view"),
    _route("PUT", _CHANNEL, "channels.update"),
    _route("DELETE", _CHANNEL, "channels.delete"),
    _route("POST", f"{_CHANNEL}/invite", "channels.invite"),
    _route("PUT", f"{_CHANNEL}/join", "channels.join"),
    _route("PUT", f"{_CHANNEL}/leave", "channels.leave"),
    _route("POST", f"{_CHANNEL}/typing", "channels.typing", typing=True),
    _route("DELETE", f"{_CHANNEL}/typing", "channels.typing", typing=False),
    _route("GET", f"{_CHANNEL}/members", "members.list"),
    _route("GET", f"{_CHANNEL}/members/{{user_id}}", "members.view"),
    _route("GET", f"{_CHANNEL}/messages", "messages.list"),
    _route("POST", f"{_CHANNEL}/messages", "messages.send"),
    _route("GET", f"{_CHANNEL}/messages/total_count", "messages.count"),
    _route("GET", f"{_CHANNEL}/messages/unread_count", "channels.unread_count"),
    _route("PUT", f"{_CHANNEL}/messages/mark_as_read", "channels.mark_read"),
    _route("GET", _MESSAGE, "messages.view"),
    _route("PUT", _MESSAGE, "messages.update"),
    _route("DELETE", _MESSAGE, "messages.delete"),
    _route("GET", f"{_MESSAGE}/reactions", "reactions.list"),
    _route("POST", f"{_MESSAGE}/reactions", "reactions.add"),
    _route("DELETE", f"{_MESSAGE}/reactions", "reactions.remove"),
)

_BY_SHAPE: dict[tuple[str, int], list[Route]] = {}
for _each in ROUTES:
    _BY_SHAPE.setdefault((_each.method, len(_each.segments)), []).append(_each)


def find(method: str, segments: list[str]) -> tuple[Route, dict[str, Any]]:
    """The route of a request and its path parameters. Raises InvalidEndpoint."""
    for route in _BY_SHAPE.get((method, len(segments)), ()):
        params = _match(route, segments)
        if params is not None:
            return route, params | route.fixed
    raise InvalidEndpoint("There is no such operation.")


def _match(route: Route, segments: list[str]) -> dict[str, Any] | None:
    params: dict[str, Any] = {}
    for expected, found in zip(route.segments, segments, strict=True):
        if expected.startswith("{"):
            params[expected[1:-1]] = found
        elif expected != found:
            return None
    if "message_id" in params:
        params["message_id"] = _number(params["message_id"])
    return params


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 17):
        raise WrongType("message_id", "number")
    return int(text)
