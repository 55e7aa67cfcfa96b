"""The ASGI application: paths, and what is true for every answer."""

from __future__ import annotations

import logging
import re
import time
from http import HTTPStatus

import trio
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Mount, Route, Router
from starlette.types import Message, Receive, Scope, Send

from chatd import logs
from chatd.errors import ChatdError, Internal, InvalidEndpoint
from chatd.gateway.service import Services
from chatd.http import client_rpc, emulation, files, pictures
from chatd.http.accounts import Accounts
from chatd.http.answers import SECURITY_HEADERS, Json, document_answer, error_answer, json_answer
from chatd.http.attempts import Attempts
from chatd.http.cors import preflight, shared
from chatd.http.dashboard import routes as dashboard
from chatd.http.hooks import Hooks
from chatd.http.metrics import CONTENT_TYPE, Metrics
from chatd.http.openapi.document import document_bytes
from chatd.http.openid import OpenIdPages, Provider
from chatd.http.organization import PATH, OrganizationApi
from chatd.http.own_account import OwnAccount
from chatd.http.pages import WebFiles, page, sdk_routes, widget, widget_script
from chatd.http.platform.api import PREFIX, PlatformApi
from chatd.http.second_factor import SecondFactors
from chatd.http.visitors import Visitors
from chatd.http.worker import worker

_log = logging.getLogger("chatd.http")

_SECURITY_HEADERS = [(name.encode(), value.encode()) for name, value in SECURITY_HEADERS.items()]
_SECRET = re.compile(
    r"^(/join|/reset|/auth/invites|/auth/resets|/hooks|/v3/applications/api_tokens|/v3/push/device_tokens"
    r"|/v3/users/[^/]*/push)/.*",
    re.DOTALL,
)


class App:
    """Answers every HTTP request. Errors become JSON; a bug becomes a 500 and a line in the log."""

    def __init__(self, services: Services, provider: Provider | None = None) -> None:
        self._services = services
        self._metrics = Metrics(services)
        self._platform = PlatformApi(services)
        # Passwords are guessed on several ways in, and counted together.
        attempts = Attempts(services.config.http.sign_in_attempts_per_minute)
        routes = [
            *self._routes(Accounts(services, attempts), OrganizationApi(services)),
            *_own_routes(OwnAccount(services, attempts), SecondFactors(services, attempts)),
            *_openid_routes(OpenIdPages(services, provider, attempts)),
        ]
        self._router = Router(routes, redirect_slashes=False, default=_nothing)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request (ASGI 3)."""
        if scope["type"] != "http":
            raise RuntimeError(f"unexpected scope {scope['type']}")
        # The router raises what it has no answer to when it finds itself inside an application.
        scope["app"] = self
        began = time.perf_counter()
        answer = Answer(send)
        try:
            await self._answer(scope, receive, answer)
        except ClientDisconnect:
            return
        finally:
            self._count(scope, answer.status, time.perf_counter() - began)

    async def _answer(self, scope: Scope, receive: Receive, send: Answer) -> None:
        try:
            if scope["raw_path"].startswith(PREFIX):
                answer = await self._platform.answer(scope, receive)
            else:
                await self._router(scope, receive, send)
                return
        except ChatdError as error:
            answer = error_answer(error)
        except HTTPException as error:
            answer = _refusal(error, self._methods(scope))
        except ClientDisconnect:
            raise
        except Exception:
            _log.exception("a request failed", extra={"path": _path(scope)})
            answer = error_answer(Internal("The server made a mistake."))
        if not send.status:
            await answer(scope, receive, send.untouched(HTTPStatus.OK) if isinstance(answer, Json) else send)

    def _methods(self, scope: Scope) -> str:
        """What a path takes, as `Allow` lists it (RFC 9110, 10.2.1): several routes may have the same one."""
        matching = [each for each in self._router.routes if each.matches(scope)[0] is not Match.NONE]
        return ", ".join(sorted({method for each in matching for method in getattr(each, "methods", None) or ()}))

    def _routes(self, accounts: Accounts, organization: OrganizationApi) -> list[BaseRoute]:
        return [
            Route("/", self._page),
            Route("/join/{secret}", self._page),
            Route("/widget", self._widget),
            Route("/widget.js", self._widget_script),
            Route("/widget/visit", Visitors(self._services).visit, methods=["POST"]),
            Route("/reset/{secret}", self._page),
            Route("/favicon.ico", self._page_icon),
            Mount("/web", WebFiles()),
            *sdk_routes(),
            Route("/worker.js", self._worker),
            Route("/docs/api", self._reference),
            Route("/openapi.json", self._openapi),
            Route("/dashboard", self._dashboard),
            *dashboard.routes(self._services),
            Route("/auth/me", accounts.me),
            Route("/auth/sign_in", accounts.sign_in, methods=["POST"]),
            Route("/auth/sign_out", accounts.sign_out, methods=["POST"]),
            Route("/auth/token", accounts.token, methods=["POST"]),
            Route("/auth/invites", accounts.invite, methods=["POST"]),
            Route("/auth/invites/{secret}", accounts.view_invite, methods=["GET"]),
            Route("/auth/invites/{secret}", accounts.accept_invite, methods=["POST"]),
            Route(PATH, organization.list, methods=["GET"]),
            Route(PATH, organization.create, methods=["POST"]),
            Route(f"{PATH}/{{app_id}}", organization.view, methods=["GET"]),
            Route(f"{PATH}/{{app_id}}", organization.delete, methods=["DELETE"]),
            Route("/client/v1/rpc/{method}", self._rpc, methods=["POST"]),
            Route("/client/v1/files", self._upload, methods=["POST"]),
            Route("/client/v1/files", self._file_preflight, methods=["OPTIONS"]),
            Route("/client/v1/avatar", self._avatar, methods=["POST"]),
            Route("/client/v1/avatar", self._file_preflight, methods=["OPTIONS"]),
            Route("/client/v1/channels/{channel_url}/cover", self._cover, methods=["POST"]),
            Route("/client/v1/channels/{channel_url}/cover", self._file_preflight, methods=["OPTIONS"]),
            Route("/pictures/{file_id}", self._picture),
            Route("/files/{file_id}/{name:path}", self._file),
            Route("/hooks/{token}", Hooks(self._services).post, methods=["POST"]),
            Route("/emulation", self._emulate, methods=["POST"]),
            Route("/emulation", self._preflight, methods=["OPTIONS"]),
            Route("/connection/http_stream", self._preflight, methods=["OPTIONS"]),
            Route("/healthz", self._health),
            Route("/readyz", self._ready),
            Route("/metrics", self._metrics_page),
        ]

    async def _page(self, request: Request) -> Response:
        return await page(request.scope)

    async def _widget(self, request: Request) -> Response:
        return await widget(request.scope, self._services.config.server.embedding_origins)

    async def _widget_script(self, request: Request) -> Response:
        return widget_script()

    async def _worker(self, request: Request) -> Response:
        return await worker()

    async def _reference(self, request: Request) -> Response:
        return await page(request.scope, "reference.html")

    async def _dashboard(self, request: Request) -> Response:
        return await page(request.scope, "dashboard.html")

    async def _openapi(self, request: Request) -> Response:
        # Making it takes some hundred milliseconds, once.
        return document_answer(await trio.to_thread.run_sync(document_bytes))

    async def _page_icon(self, request: Request) -> Response:
        return Response(status_code=204)

    async def _rpc(self, request: Request) -> Response:
        return await client_rpc.answer(request, self._services)

    async def _upload(self, request: Request) -> Response:
        return await shared(files.upload, request, self._services)

    async def _avatar(self, request: Request) -> Response:
        return await shared(pictures.avatar, request, self._services)

    async def _cover(self, request: Request) -> Response:
        return await shared(pictures.cover, request, self._services)

    async def _picture(self, request: Request) -> Response:
        return await pictures.load(request, self._services)

    async def _file(self, request: Request) -> Response:
        return await files.load(request, self._services)

    async def _emulate(self, request: Request) -> Response:
        return await shared(emulation.answer, request, self._services)

    async def _preflight(self, request: Request) -> Response:
        return preflight(request, self._services.config, "Content-Type")

    async def _file_preflight(self, request: Request) -> Response:
        return preflight(request, self._services.config, "Authorization, Content-Type")

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
        if status:
            self._metrics.requests[status] = self._metrics.requests.get(status, 0) + 1
        if _log.isEnabledFor(logging.DEBUG):
            logs.log(
                "http_request",
                logging.DEBUG,
                method=scope["method"],
                path=_path(scope),
                status=status or "unanswered",
                milliseconds=round(seconds * 1000, 1),
            )


def _own_routes(own: OwnAccount, factors: SecondFactors) -> list[BaseRoute]:
    return [
        Route("/auth/sessions", own.sessions, methods=["GET"]),
        Route("/auth/sessions", own.end_other_sessions, methods=["DELETE"]),
        Route("/auth/sessions/{session_id}", own.end_session, methods=["DELETE"]),
        Route("/auth/password", own.change_password, methods=["POST"]),
        Route("/auth/accounts/{login}/reset", own.make_reset, methods=["POST"]),
        Route("/auth/resets/{secret}", own.view_reset, methods=["GET"]),
        Route("/auth/resets/{secret}", own.use_reset, methods=["POST"]),
        Route("/auth/second_factor", factors.view, methods=["GET"]),
        Route("/auth/second_factor", factors.begin, methods=["POST"]),
        Route("/auth/second_factor", factors.confirm, methods=["PUT"]),
        Route("/auth/second_factor", factors.remove, methods=["DELETE"]),
        Route("/auth/starred", own.starred, methods=["GET"]),
        Route("/auth/starred", own.star, methods=["POST"]),
    ]


def _openid_routes(pages: OpenIdPages) -> list[BaseRoute]:
    return [
        Route("/auth/openid", pages.described, methods=["GET"]),
        Route("/auth/openid/begin", pages.begin, methods=["GET"]),
        Route("/auth/openid/callback", pages.callback, methods=["GET"]),
    ]


class Answer:
    """`send` of one request. Adds what every answer has; `status` is 0 until one begins."""

    __slots__ = ("_send", "status")

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status = 0

    async def __call__(self, message: Message) -> None:
        """Send (ASGI)."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            present = {name for name, _ in message["headers"]}
            message["headers"] += [header for header in _SECURITY_HEADERS if header[0] not in present]
        await self._send(message)

    def untouched(self, status: int) -> Send:
        """What sends an answer of a status that needs nothing added."""
        self.status = status
        return self._send


async def _nothing(scope: Scope, receive: Receive, send: Send) -> None:
    raise HTTPException(HTTPStatus.NOT_FOUND)


def _refusal(error: HTTPException, methods: str) -> Response:
    """What the router refuses, as an error like every other."""
    wrong_method = error.status_code == HTTPStatus.METHOD_NOT_ALLOWED
    text = "This address does not take this method." if wrong_method else "There is no such page or operation."
    answer = error_answer(InvalidEndpoint(text))
    answer.status_code = error.status_code
    answer.headers.update(error.headers or {})
    if wrong_method:
        answer.headers["allow"] = methods
    return answer


def _path(scope: Scope) -> str:
    """The path for the log, without the secrets in it."""
    path: str = scope["path"]
    return _SECRET.sub(r"\1/...", path)
