"""The ASGI application: paths, and what is true for every answer."""

from __future__ import annotations

import logging
import time

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route, Router
from starlette.types import Message, Receive, Scope, Send

from chatd import logs
from chatd.errors import ChatdError, Internal, InvalidEndpoint
from chatd.gateway.service import Services
from chatd.http import client_rpc
from chatd.http.accounts import Accounts
from chatd.http.answers import SECURITY_HEADERS, error_answer, json_answer
from chatd.http.metrics import CONTENT_TYPE, Metrics
from chatd.http.pages import WebFiles, page
from chatd.http.platform import api

_log = logging.getLogger("chatd.http")


class App:
    """Answers every HTTP request. Errors become JSON; a bug becomes a 500 and a line in the log."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._metrics = Metrics(services)
        self._router = Router(self._routes(Accounts(services)), redirect_slashes=False, default=_nothing)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request (ASGI 3)."""
        if scope["type"] != "http":
            raise RuntimeError(f"unexpected scope {scope['type']}")
        began = time.perf_counter()
        status = 0

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _secure(message)
            await send(message)

        try:
            await self._answer(scope, receive, watched)
        except ClientDisconnect:
            return
        finally:
            self._count(scope, status, time.perf_counter() - began)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._router(scope, receive, send)
            return
        except ChatdError as error:
            answer = error_answer(error)
        except HTTPException as error:
            answer = error_answer(InvalidEndpoint("There is no such page or operation."))
            answer.status_code = error.status_code
        except ClientDisconnect:
            raise
        except Exception:
            _log.exception("a request failed", extra={"path": scope["path"]})
            answer = error_answer(Internal("The server made a mistake."))
        await answer(scope, receive, send)

    def _routes(self, accounts: Accounts) -> list[BaseRoute]:
        return [
            Route("/", self._page),
            Route("/join/{secret}", self._page),
            Route("/favicon.ico", self._page_icon),
            Mount("/web", WebFiles()),
            Route("/auth/me", accounts.me),
            Route("/auth/sign_in", accounts.sign_in, methods=["POST"]),
            Route("/auth/sign_out", accounts.sign_out, methods=["POST"]),
            Route("/auth/token", accounts.token, methods=["POST"]),
            Route("/auth/invites", accounts.invite, methods=["POST"]),
            Route("/auth/invites/{secret}", accounts.view_invite, methods=["GET"]),
            Route("/auth/invites/{secret}", accounts.accept_invite, methods=["POST"]),
            Route("/client/v1/rpc/{method}", self._rpc, methods=["POST"]),
            Route("/v3/{path:path}", self._platform, methods=["GET", "POST", "PUT", "DELETE"]),
            Route("/healthz", self._health),
            Route("/readyz", self._ready),
            Route("/metrics", self._metrics_page),
        ]

    async def _page(self, request: Request) -> Response:
        return page()

    async def _page_icon(self, request: Request) -> Response:
        return Response(status_code=204)

    async def _rpc(self, request: Request) -> Response:
        return await client_rpc.answer(request, self._services)

    async def _platform(self, request: Request) -> Response:
        return await api.answer(request, self._services)

    async def _health(self, request: Request) -> Response:
        return json_answer({"status": "ok"})

    async def _ready(self, request: Request) -> Response:
        """Whether this server takes work: it does not while it drains or cannot write."""
        if self._services.draining:
            return json_answer({"status": "draining"}, 503)
        if not self._services.writer.healthy:
            return json_answer({"status": "the store cannot be written"}, 503)
        return json_answer({"status": "ok"})

    async def _metrics_page(self, request: Request) -> Response:
        return Response(self._metrics.text(), media_type=CONTENT_TYPE)

    def _count(self, scope: Scope, status: int, seconds: float) -> None:
        self._metrics.requests[status] = self._metrics.requests.get(status, 0) + 1
        logs.log(
            "http_request",
            logging.DEBUG,
            method=scope["method"],
            path=scope["path"].split("/join/")[0],
            status=status,
            milliseconds=round(seconds * 1000, 1),
        )


async def _nothing(scope: Scope, receive: Receive, send: Send) -> None:
    raise HTTPException(404)


def _secure(message: Message) -> None:
    present = {name for name, _ in message["headers"]}
    for name, value in SECURITY_HEADERS.items():
        if name.encode() not in present:
            message["headers"].append((name.encode(), value.encode()))
