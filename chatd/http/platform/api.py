"""Requests of backends."""

from __future__ import annotations

from functools import cache
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import Response

from chatd.domain import COMMANDS
from chatd.domain.channels.access import check_channel_type
from chatd.domain.tenants.tokens import application_of_api_token
from chatd.errors import InvalidApiToken, InvalidUrl
from chatd.gateway import service
from chatd.gateway.service import Services
from chatd.http import files, pictures
from chatd.http.answers import json_answer
from chatd.http.body import read_json
from chatd.http.platform import query
from chatd.http.platform.routes import find
from chatd.http.platform.routes.route import Route
from chatd.http.uploads import is_form
from chatd.model import Actor

PREFIX = b"/v3/"


async def answer(request: Request, services: Services) -> Response:
    """Run the operation that a request under /v3 names. Raises ChatdError."""
    application = _application(services, request.headers.get("api-token", ""))
    route, path_params = find(request.method, _segments(request.scope["raw_path"]))
    if route.channel_type:
        is_open = route.channel_type == "open"
        services.store.read(application, check_channel_type, path_params["channel_url"], is_open)
    asked = query.parse(request.scope["query_string"], _lists(route))
    if route.command in files.TAKE_FILES and is_form(request):
        return await files.send(request, services, application, route.command, asked | path_params)
    if route.command in pictures.TAKE_PICTURES and is_form(request):
        return await pictures.send(request, services, application, route.command, asked | path_params)
    body = await read_json(request, services.config.http.max_body_bytes)
    params = route.input(asked | body | path_params)
    actor = Actor(application, None, None)
    # A query has only text; without one, what is text in the body is meant as text.
    result = await service.call(services, actor, route.command, params, strict=not asked)
    return json_answer({} if route.is_void else result)


@cache
def _lists(route: Route) -> frozenset[str]:
    """The parameters that are lists, also under their other names."""
    lists = COMMANDS[route.command].lists
    return lists | {name for name, meant in route.names.items() if meant in lists}


def _application(services: Services, token: str) -> int:
    """The application of a token; one made a moment ago on the command line counts too."""
    try:
        return services.store.read(0, application_of_api_token, token)
    except InvalidApiToken:
        service.catch_up(services)
        return services.store.read(0, application_of_api_token, token)


def _segments(raw_path: bytes) -> list[str]:
    """A path below /v3, split before it is decoded: identifiers may hold an encoded slash."""
    path = raw_path.removeprefix(PREFIX).rstrip(b"/").decode("ascii")
    try:
        return [unquote(segment, errors="strict") for segment in path.split("/")]
    except UnicodeDecodeError:
        raise InvalidUrl("The URL is not UTF-8.") from None
