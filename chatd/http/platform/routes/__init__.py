"""Every operation of the Platform API, by noun."""

from __future__ import annotations

from typing import Any

from chatd.errors import InvalidEndpoint
from chatd.http.platform.routes import (
    announcements,
    applications,
    bots,
    group_channels,
    messages,
    moderation,
    open_channels,
    polls,
    privacy,
    sanctions,
    scheduled_messages,
    users,
)
from chatd.http.platform.routes.route import Route

# A fixed segment comes before a parameter in the same place: the first match counts.
ROUTES = (
    *users.ROUTES,
    *group_channels.ROUTES,
    *open_channels.ROUTES,
    *messages.ROUTES,
    *polls.ROUTES,
    *scheduled_messages.ROUTES,
    *sanctions.ROUTES,
    *privacy.ROUTES,
    *bots.ROUTES,
    *announcements.ROUTES,
    *moderation.ROUTES,
    *applications.ROUTES,
)

_BY_SHAPE: dict[tuple[str, int], list[Route]] = {}
for _each in ROUTES:
    _BY_SHAPE.setdefault((_each.method, len(_each.segments)), []).append(_each)


def find(method: str, segments: list[str]) -> tuple[Route, dict[str, Any]]:
    """The route of a request and its path parameters. Raises InvalidEndpoint."""
    for route in _BY_SHAPE.get((method, len(segments)), ()):
        params = route.match(segments)
        if params is not None:
            return route, params | route.fixed
    raise InvalidEndpoint("There is no such operation.")
