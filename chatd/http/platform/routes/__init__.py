"""Every operation of the Platform API, by noun."""

from __future__ import annotations

from typing import Any

from chatd.errors import InvalidEndpoint
from chatd.http.platform.routes import (
    announcements,
    applications,
    bots,
    channels,
    exports,
    group_channels,
    integrations,
    messages,
    moderation,
    open_channels,
    polls,
    privacy,
    push,
    sanctions,
    scheduled_messages,
    statistics,
    users,
)
from chatd.http.platform.routes.route import Route
from chatd.http.platform.routes.tree import Tree

ROUTES = (
    *users.ROUTES,
    *group_channels.ROUTES,
    *open_channels.ROUTES,
    *channels.ROUTES,
    *messages.ROUTES,
    *polls.ROUTES,
    *scheduled_messages.ROUTES,
    *sanctions.ROUTES,
    *privacy.ROUTES,
    *exports.ROUTES,
    *push.ROUTES,
    *bots.ROUTES,
    *announcements.ROUTES,
    *moderation.ROUTES,
    *applications.ROUTES,
    *integrations.ROUTES,
    *statistics.ROUTES,
)

_tree = Tree(ROUTES)


def find(method: str, segments: list[str]) -> tuple[Route, dict[str, Any]]:
    """The route of a request and its path parameters. Raises InvalidEndpoint."""
    route = _tree.find(method, segments)
    if route is None:
        raise InvalidEndpoint("There is no such operation.")
    return route, route.params(segments)
