"""What signing in and staying so has in common, whichever way somebody comes in."""

from __future__ import annotations

from typing import Any

import msgspec
import trio
from starlette.requests import Request
from starlette.responses import Response

from chatd.domain.command import explain
from chatd.domain.tenants import accounts
from chatd.errors import Overloaded
from chatd.gateway.service import Services
from chatd.http.body import read_json
from chatd.http.origin import base_url, caller
from chatd.model import Account, Browser

COOKIE = "chatd_account"
# Hashing takes 64 MiB and much time; more at once would starve everything else.
_hashing = trio.CapacityLimiter(2)
HASHING_SECONDS = 10.0
MAX_SOFTWARE = 200


def signed_in(services: Services, request: Request) -> Account:
    """Whose browser asks. Raises InvalidSessionToken."""
    return services.store.read(0, accounts.authenticate, request.cookies.get(COOKIE, ""))


async def begin_session(services: Services, request: Request, account: Account, answer: Response) -> Response:
    """Have the browser that gets the answer signed in from then on."""
    browser = Browser(request.headers.get("user-agent", "")[:MAX_SOFTWARE], caller(request, services.proxies))
    secret, _ = await services.writer.run(0, accounts.sign_in, account.login, browser)
    answer.set_cookie(
        COOKIE,
        secret,
        max_age=accounts.SESSION_LIFETIME // 1000,
        path="/",
        secure=is_secure(services, request),
        httponly=True,
        samesite="strict",
    )
    return answer


def is_secure(services: Services, request: Request) -> bool:
    """Whether people come by https, so that cookies may ask for it."""
    return base_url(request, services.config.server).startswith("https:")


async def read_typed(services: Services, request: Request, kind: type[Any]) -> Any:
    """The body of a request. Raises RequestError."""
    body = await read_json(request, services.config.http.max_body_bytes)
    try:
        return msgspec.convert(body, kind)
    except msgspec.ValidationError as error:
        raise explain(str(error)) from None


async def hashed(function: Any, *args: Any) -> Any:
    """Hash in a thread; Overloaded when none is free for long."""
    try:
        with trio.fail_after(HASHING_SECONDS):
            return await trio.to_thread.run_sync(function, *args, limiter=_hashing)
    except trio.TooSlowError:
        raise Overloaded("Too many people sign in at the same time; try again in a moment.") from None
