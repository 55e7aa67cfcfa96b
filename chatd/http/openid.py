"""Signing in with an OpenID Connect provider, as the browser goes there and comes back."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import NamedTuple

import trio
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from chatd.domain.tenants import identities
from chatd.errors import ChatdError, Forbidden, InvalidValue, Unavailable
from chatd.gateway.service import Services
from chatd.http.answers import json_answer
from chatd.http.attempts import Attempts
from chatd.http.origin import address, base_url
from chatd.http.signing_in import begin_session, is_secure
from chatd.logs import log
from chatd.model import Attempt, Identity

COOKIE = "chatd_openid"
CALLBACK = "/auth/openid/callback"
# How long somebody may take at the provider.
LIFETIME_SECONDS = 600
# Attempts that are remembered; beyond them the oldest are forgotten, and those people begin anew.
MAX_ATTEMPTS = 10_000


class Provider(NamedTuple):
    """How the provider is asked: where to send somebody, and who has come back with a code."""

    begin: Callable[[str], Awaitable[Attempt]]
    finish: Callable[[Attempt, str], Awaitable[Identity]]


class OpenIdPages:
    """The endpoints under /auth/openid. Without a provider there is nothing to sign in with."""

    def __init__(self, services: Services, provider: Provider | None, attempts: Attempts) -> None:
        self._services = services
        self._provider = provider
        self._limits = attempts
        self._waiting: dict[str, tuple[float, Attempt]] = {}

    async def described(self, request: Request) -> Response:
        """What the button says; empty when there is no provider."""
        return json_answer({"label": self._services.config.openid.label if self._provider else ""})

    async def begin(self, request: Request) -> Response:
        """Send the browser to the provider."""
        now = trio.current_time()
        self._limits.begin(f"address {address(request, self._services.proxies)}", now)
        try:
            attempt = await self._asked.begin(f"{base_url(request, self._services.config.server)}{CALLBACK}")
        except ChatdError as error:
            return self._refused(error)
        self._waiting[attempt.state] = (now, attempt)
        if len(self._waiting) > MAX_ATTEMPTS:
            del self._waiting[next(iter(self._waiting))]
        answer = RedirectResponse(attempt.url, 303)
        # The provider's page leads back here: a strict cookie would not come along.
        answer.set_cookie(
            COOKIE,
            attempt.state,
            max_age=LIFETIME_SECONDS,
            path=CALLBACK,
            secure=is_secure(self._services, request),
            httponly=True,
            samesite="lax",
        )
        return answer

    async def callback(self, request: Request) -> Response:
        """Take the browser back, signed in; what went wrong is said on the page to sign in."""
        try:
            answer = await self._entered(request)
        except ChatdError as error:
            answer = self._refused(error)
        answer.delete_cookie(COOKIE, path=CALLBACK, httponly=True, samesite="lax")
        return answer

    async def _entered(self, request: Request) -> Response:
        began, attempt = self._own_attempt(request)
        code = request.query_params.get("code", "")
        if not code:
            raise Forbidden("The provider has not let you in.")
        identity = await self._asked.finish(attempt, code)
        settings = self._services.config.openid
        rules = identities.Rules(settings.allowed_domains, settings.create_accounts, settings.link_by_email)
        account = await self._services.writer.run(0, identities.enter, identity, rules)
        self._limits.succeed(f"address {address(request, self._services.proxies)}", began)
        return await begin_session(self._services, request, account, RedirectResponse("/", 303))

    def _own_attempt(self, request: Request) -> tuple[float, Attempt]:
        """When, and what, this browser has begun, which is over with it. Raises InvalidValue."""
        state = request.query_params.get("state", "")
        began, attempt = self._waiting.pop(state, (0.0, None))
        is_late = trio.current_time() - began > LIFETIME_SECONDS
        if attempt is None or is_late or request.cookies.get(COOKIE) != state:
            raise InvalidValue("This attempt to sign in is over; begin anew.")
        return began, attempt

    @property
    def _asked(self) -> Provider:
        if self._provider is None:
            raise Unavailable("There is no provider to sign in with.")
        return self._provider

    def _refused(self, error: ChatdError) -> Response:
        log("not signed in with openid", logging.WARNING, error=error.message)
        # Only a word: what an address says on our page, anybody may have written.
        reason = "forbidden" if isinstance(error, Forbidden) else "failed"
        return RedirectResponse(f"/?refused={reason}", 303)
