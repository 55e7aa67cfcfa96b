"""Which path of the dashboard's interface is answered by what."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from chatd.gateway.service import Services
from chatd.http.dashboard import applications, calls, figures, limits, live, server

Endpoint = Callable[[Request, Services], Awaitable[Response]]

BASE: Final = "/dashboard/api"
_APPLICATION: Final = "/applications/{app_id}"
_ENDPOINTS: Final[tuple[tuple[str, str, Endpoint], ...]] = (
    ("GET", "/me", applications.me),
    ("POST", "/applications", applications.create),
    ("GET", _APPLICATION, applications.view),
    ("DELETE", _APPLICATION, applications.delete),
    ("GET", f"{_APPLICATION}/team", applications.team),
    ("PUT", f"{_APPLICATION}/team", applications.assign),
    ("DELETE", f"{_APPLICATION}/team/{{login}}", applications.dismiss),
    ("GET", f"{_APPLICATION}/limits", limits.view),
    ("PUT", f"{_APPLICATION}/limits", limits.update),
    ("PUT", f"{_APPLICATION}/limits/files", limits.update_files),
    ("GET", f"{_APPLICATION}/commands/{{method}}", calls.describe),
    ("POST", f"{_APPLICATION}/rpc/{{method}}", calls.call),
    ("GET", "/server", server.view),
    ("GET", "/server/settings", server.settings),
    ("POST", "/server/backups", server.back_up),
    ("GET", "/server/diagnostics", server.diagnostics),
    ("GET", "/server/live", live.live),
    ("POST", "/server/statistics", figures.figures),
    ("GET", "/server/log", live.log),
)


def routes(services: Services) -> list[Route]:
    """The routes under `/dashboard/api`."""
    return [Route(BASE + path, _bound(endpoint, services), methods=[method]) for method, path, endpoint in _ENDPOINTS]


def _bound(endpoint: Endpoint, services: Services) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        return await endpoint(request, services)

    return answer
