"""The organization API under /api/v2: applications, for whoever has a key of the server's operator."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any, Final
from urllib.parse import urlencode

import msgspec
from msgspec import Meta
from starlette.requests import Request
from starlette.responses import Response

from chatd.domain.command import explain
from chatd.domain.tenants import applications, organization
from chatd.errors import InvalidApiToken
from chatd.gateway import service
from chatd.gateway.service import Services
from chatd.http.answers import json_answer
from chatd.http.body import read_json
from chatd.http.origin import base_url
from chatd.model import Application

HEADER: Final = "sendbirdorganizationapitoken"
# There is one place: where this server is.
REGION: Final = {"region_key": "default", "region_name": "This server"}
PATH: Final = "/api/v2/applications"


class NewApplication(msgspec.Struct, frozen=True):
    """What an application is to be called."""

    app_name: str


class Window(msgspec.Struct, frozen=True):
    """Which applications of the list."""

    limit: Annotated[int, Meta(ge=1, le=100)] = 10
    offset: Annotated[int, Meta(ge=0, le=10**9)] = 0


class OrganizationApi:
    """The endpoints under /api/v2."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def list(self, request: Request) -> Response:
        """`GET /api/v2/applications`: `count`, `previous`, `next`, and `results` of a window."""
        self._check(request)
        window = _typed(dict(request.query_params), Window)
        every = self._services.store.read(0, applications.every)
        end = window.offset + window.limit
        return json_answer(
            {
                "count": len(every),
                "previous": self._url(request, window, window.offset - window.limit) if window.offset else "",
                "next": self._url(request, window, end) if end < len(every) else "",
                "results": [_shown(each) for each in every[window.offset : end]],
            }
        )

    async def create(self, request: Request) -> Response:
        """`POST /api/v2/applications`: a new one, with an API token that is shown this once."""
        self._check(request)
        body = await read_json(request, self._services.config.http.max_body_bytes)
        new = _typed(body, NewApplication)
        made, secret = await self._services.writer.run(0, organization.create_application, new.app_name)
        return json_answer(_shown(made) | {"api_token": secret})

    async def view(self, request: Request) -> Response:
        """`GET /api/v2/applications/{app_id}`"""
        self._check(request)
        found = self._services.store.read(0, organization.find_application, request.path_params["app_id"])
        return json_answer(_shown(found))

    async def delete(self, request: Request) -> Response:
        """`DELETE /api/v2/applications/{app_id}`: with all that it holds."""
        self._check(request)
        await self._services.writer.run(0, organization.delete_application, request.path_params["app_id"])
        return json_answer({})

    def _check(self, request: Request) -> None:
        """Raise InvalidApiToken without a valid key; one made a moment ago on the command line counts too."""
        store, secret = self._services.store, request.headers.get(HEADER, "")
        try:
            store.read(0, organization.check_key, secret)
        except InvalidApiToken:
            service.catch_up(self._services)
            store.read(0, organization.check_key, secret)

    def _url(self, request: Request, window: Window, offset: int) -> str:
        query = urlencode({"limit": window.limit, "offset": max(0, offset)})
        return f"{base_url(request, self._services.config.server)}{PATH}?{query}"


def _typed(params: dict[str, Any], kind: Callable[..., Any]) -> Any:
    """Parameters as a type. Raises RequestError."""
    try:
        return msgspec.convert(params, kind, strict=kind is not Window)
    except msgspec.ValidationError as error:
        raise explain(str(error)) from None


def _shown(application: Application) -> dict[str, Any]:
    """An application, without the secrets of its tokens, which are not kept."""
    made = datetime.fromtimestamp(application.created_at / 1000, UTC)
    return {
        "app_id": application.application_id,
        "app_name": application.title or application.name,
        "api_token": "",
        "region": REGION,
        "created_at": made.strftime("%Y-%m-%dT%H:%M:%S.") + f"{made.microsecond // 1000:03}Z",
    }
