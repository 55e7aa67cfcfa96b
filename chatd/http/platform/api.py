"""Requests of backends."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import Response

from chatd.domain.tokens import application_of_api_token
from chatd.errors import InvalidApiToken
from chatd.gateway import service
from chatd.gateway.service import Services
from chatd.http.answers import json_answer
from chatd.http.body import read_json
from chatd.http.platform.routes import find
from chatd.model import Actor

PREFIX = b"/v3/"


async def answer(request: Request, services: Services) -> Response:
    """Run the operation that a request under /v3 names. Raises ChatdError."""
    application = _application(services, request.headers.get("api-token", ""))
    # Identifiers may hold an encoded slash, so the path is split before it is decoded.
    raw = request.scope["raw_path"].removeprefix(PREFIX).rstrip(b"/")
    segments = [unquote(segment) for segment in raw.decode("ascii").split("/")]
    route, path_params = find(request.method, segments)
    body = await read_json(request, services.config.http.max_body_bytes)
    params: dict[str, Any] = _query(request) | body | path_params
    actor = Actor(application, None, None)
    return json_answer(await service.call(services, actor, route.command, params, strict=bool(body)))


def _application(services: Services, token: str) -> int:
    """The application of a token; one made a moment ago on the command line counts too."""
    try:
        return services.store.read(0, application_of_api_token, token)
    except InvalidApiToken:
        service.catch_up(services)
        return services.store.read(0, application_of_api_token, token)


def _query(request: Request) -> dict[str, Any]:
    """Query parameters; `name[]` is another way to write a list."""
    return {key.removesuffix("[]"): value for key, value in request.query_params.items()}
