"""Requests of backends."""

from __future__ import annotations

from functools import cache
from urllib.parse import unquote

import trio
from starlette.requests import Request
from starlette.responses import Response

from chatd.domain import COMMANDS
from chatd.domain.channels.access import check_channel_type
from chatd.domain.tenants.tokens import application_by_token
from chatd.errors import InvalidApiToken, InvalidUrl
from chatd.gateway import service
from chatd.gateway.service import Services
from chatd.http import files, pictures
from chatd.http.answers import json_answer
from chatd.http.body import read_json
from chatd.http.platform import query
from chatd.http.platform.limits import Limits
from chatd.http.platform.routes import find
from chatd.http.platform.routes.route import Route
from chatd.http.uploads import is_form, read_fields
from chatd.model import Actor, Application

PREFIX = b"/v3/"


class PlatformApi:
    """Answers requests under /v3."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._limits = Limits(services.config.http)

    async def answer(self, request: Request) -> Response:
        """Run the operation that a request names. Raises ChatdError."""
        services = self._services
        found = self._application(request.headers.get("api-token", ""))
        self._limits.judge(found, request.method, trio.current_time())
        application = found.number
        route, path_params = find(request.method, _segments(request.scope["raw_path"]))
        if route.channel_type:
            is_open = route.channel_type == "open"
            services.store.read(application, check_channel_type, path_params["channel_url"], is_open)
        asked = query.parse(request.scope["query_string"], _lists(route))
        if route.command in files.TAKE_FILES and is_form(request):
            return await files.send(request, services, application, route.command, asked | path_params)
        if route.command in pictures.TAKE_PICTURES and is_form(request):
            return await pictures.send(request, services, application, route.command, asked | path_params)
        is_text = bool(asked)
        if is_form(request):
            body, is_text = await read_fields(request, services), True
        else:
            body = await read_json(request, services.config.http.max_body_bytes)
        params = route.input(asked | body | path_params)
        actor = Actor(application, None, None)
        # Queries and forms have only text; without them, what is text in the body is meant as text.
        result = await service.call(services, actor, route.command, params, strict=not is_text)
        if route.shown_by:
            result = await service.call(services, actor, route.shown_by, params, strict=not is_text)
        return json_answer({} if route.is_void else result)

    def _application(self, token: str) -> Application:
        """The application of a token; one made a moment ago on the command line counts too."""
        store = self._services.store
        try:
            return store.read(0, application_by_token, token)
        except InvalidApiToken:
            service.catch_up(self._services)
            return store.read(0, application_by_token, token)


@cache
def _lists(route: Route) -> frozenset[str]:
    """The parameters that are lists, also under their other names."""
    lists = COMMANDS[route.command].lists
    return lists | {name for name, meant in route.names.items() if meant in lists}


def _segments(raw_path: bytes) -> list[str]:
    """A path below /v3, split before it is decoded: identifiers may hold an encoded slash."""
    path = raw_path.removeprefix(PREFIX).rstrip(b"/").decode("ascii")
    try:
        return [unquote(segment, errors="strict") for segment in path.split("/")]
    except UnicodeDecodeError:
        raise InvalidUrl("The URL is not UTF-8.") from None
