"""Visitors who come by the widget: `POST /widget/visit`."""

from __future__ import annotations

from typing import Annotated

import msgspec
import trio
from msgspec import Meta
from starlette.requests import Request
from starlette.responses import Response

from chatd.domain.integrations import visiting
from chatd.domain.tenants import applications
from chatd.gateway.service import Services
from chatd.http.answers import json_answer
from chatd.http.attempts import Attempts
from chatd.http.origin import address, check_origin
from chatd.http.signing_in import read_typed


class Visiting(msgspec.Struct, frozen=True):
    """Who comes: by the token of the last visit, or under a name that they give themselves."""

    token: Annotated[str, Meta(max_length=1000)] = ""
    nickname: Annotated[str, Meta(max_length=80)] = ""


class Visitors:
    """The endpoint. New visitors are counted by address, so that nobody fills the server with them."""

    def __init__(self, services: Services) -> None:
        config = services.config.visitors
        self._services = services
        self._reception = visiting.Reception(config.hosts, config.welcome)
        self._arrivals = Attempts(config.new_per_minute)

    async def visit(self, request: Request) -> Response:
        """A session token and the channel. Raises InvalidSessionToken when the token is of no visitor any more."""
        check_origin(request, self._services.config.server)
        asked = await read_typed(self._services, request, Visiting)
        application = self._services.store.read(0, applications.by_name, applications.MAIN).number
        if not asked.token:
            self._arrivals.begin(address(request, self._services.proxies), trio.current_time())
        function = visiting.come_back if asked.token else visiting.enter
        said = asked.token or asked.nickname
        visit = await self._services.writer.run(application, function, self._reception, said)
        return json_answer({"token": visit.token, "expires_at": visit.expires_at, "channel": visit.channel_url})
