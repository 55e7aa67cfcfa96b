"""Requests of backends."""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import unquote

import trio
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope

from chatd.domain import COMMANDS
from chatd.domain.channels.access import check_channel_type
from chatd.domain.tenants.tokens import backend_of
from chatd.errors import ChatdError, Forbidden, InvalidApiToken, InvalidUrl
from chatd.gateway import service
from chatd.gateway.service import Services
from chatd.http import files, pictures
from chatd.http.answers import Json
from chatd.http.body import parsed, read
from chatd.http.origin import caller
from chatd.http.platform import query
from chatd.http.platform.limits import Limits
from chatd.http.platform.routes import find
from chatd.http.platform.routes.route import Route
from chatd.http.uploads import read_fields
from chatd.model import Actor, ApiToken, Application

PREFIX = b"/v3/"
FORM = b"multipart/form-data"


class PlatformApi:
    """Answers requests under /v3."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._limits = Limits(services.config.http)

    async def answer(self, scope: Scope, receive: Receive) -> ASGIApp:
        """Run the operation that a request names; what answers it. Raises ChatdError."""
        headers = dict(scope["headers"])
        address = self._address(scope, headers)
        token, found = self._backend(headers.get(b"api-token", b"").decode("latin-1"), address)
        activity = self._services.hub.activity
        activity.add(found.number, "api_calls")
        try:
            return await self._run(scope, receive, headers, token, found)
        except ChatdError:
            activity.add(found.number, "api_errors")
            raise

    async def _run(
        self, scope: Scope, receive: Receive, headers: dict[bytes, bytes], token: ApiToken, found: Application
    ) -> ASGIApp:
        self._limits.judge(found, scope["method"], trio.current_time())
        route, in_path = find(scope["method"], _segments(scope["raw_path"], scope["method"]))
        if route.is_for_master and token.is_secondary:
            raise Forbidden("Only a token that the server's operator made may do this.")
        if route.channel_type:
            self._check_type(found.number, route, in_path["channel_url"])
        asked = query.parse(scope["query_string"], _lists(route))

        def whole(body: dict[str, Any]) -> dict[str, Any]:
            return route.input(asked | body | in_path)

        actor = Actor(found.number, None, None)
        if headers.get(b"content-type", b"").lower().startswith(FORM):
            return await self._answer_form(Request(scope, receive), actor, route, whole)
        body = parsed(await read(receive, headers, self._services.config.http.max_body_bytes))
        # A query has only text; without one, what is text in the body is meant as text.
        return Json(await self._call(actor, route, whole(body), strict=not asked))

    async def _answer_form(self, request: Request, actor: Actor, route: Route, whole: files.Whole) -> ASGIApp:
        """Run an operation whose parameters are in a form, perhaps with files."""
        services = self._services
        if route.command in files.TAKE_FILES:
            return await files.send(request, services, actor.application, route.command, whole)
        if route.command in pictures.TAKE_PICTURES:
            return await pictures.send(request, services, actor.application, route.command, whole)
        params = whole(await read_fields(request, services))
        return Json(await self._call(actor, route, params, strict=False))

    async def _call(self, actor: Actor, route: Route, params: dict[str, Any], *, strict: bool) -> Any:
        result = await service.call(self._services, actor, route.command, params, strict=strict)
        if route.shown_by:
            result = await service.call(self._services, actor, route.shown_by, params, strict=strict)
        return {} if route.is_void else result

    def _check_type(self, application: int, route: Route, channel_url: str) -> None:
        """Raise NotFound when a channel is not of the kind that the path says."""
        self._services.store.read_once(application, check_channel_type, channel_url, route.channel_type == "open")

    def _address(self, scope: Scope, headers: dict[bytes, bytes]) -> str:
        """Where a request comes from, as `caller` says; nearly none has come by a proxy that says more."""
        if b"x-forwarded-for" in headers or not scope["client"]:
            return caller(Request(scope), self._services.proxies)
        address: str = scope["client"][0]
        return address

    def _backend(self, secret: str, address: str) -> tuple[ApiToken, Application]:
        """A token and its application; one made a moment ago on the command line counts too."""
        store = self._services.store
        try:
            return store.read_once(0, backend_of, secret, address)
        except InvalidApiToken:
            service.catch_up(self._services)
            return store.read_once(0, backend_of, secret, address)


@cache
def _lists(route: Route) -> frozenset[str]:
    """The parameters that are lists, also under their other names."""
    lists = COMMANDS[route.command].lists
    return lists | {name for name, meant in route.names.items() if meant in lists}


def _segments(raw_path: bytes, method: str) -> list[str]:
    """A path below /v3, split before it is decoded: identifiers may hold an encoded slash.

    A slash at the end is passed over, but not where it may be what is left of an empty identifier: to delete the one
    item that has no name is not to delete all.
    """
    path = raw_path.removeprefix(PREFIX).decode("ascii")
    if method in ("GET", "POST"):
        path = path.rstrip("/")
    if "%" not in path:
        return path.split("/")
    try:
        return [unquote(segment, errors="strict") for segment in path.split("/")]
    except UnicodeDecodeError:
        raise InvalidUrl("The URL is not UTF-8.") from None
