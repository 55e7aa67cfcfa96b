"""What people of the web chat do about their own accounts: sessions, passwords, starred channels."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

import msgspec
import trio
from msgspec import Meta
from starlette.requests import Request
from starlette.responses import Response

from chatd.domain.tenants import accounts, browsers, resets, starred
from chatd.domain.tenants.passwords import hash_password, verify_password
from chatd.errors import Forbidden, InvalidValue, NotFound
from chatd.gateway.service import Services
from chatd.http.answers import json_answer
from chatd.http.attempts import Attempts
from chatd.http.origin import address, base_url, check_origin
from chatd.http.signing_in import COOKIE, begin_session, hashed, read_typed, signed_in


class NewPassword(msgspec.Struct, frozen=True):
    """The password from now on, and for one's own the one until now."""

    password: str
    current_password: str = ""


class Star(msgspec.Struct, frozen=True):
    """A channel to put first, or no more."""

    channel_url: Annotated[str, Meta(min_length=1, max_length=100)]
    is_starred: bool


class OwnAccount:
    """Endpoints under /auth for those who are signed in, and for those who have forgotten their password."""

    def __init__(self, services: Services, attempts: Attempts) -> None:
        self._services = services
        self._attempts = attempts

    async def sessions(self, request: Request) -> Response:
        """The browsers in which the account is signed in."""
        found = self._services.store.read(0, browsers.every, request.cookies.get(COOKIE, ""))
        return json_answer({"sessions": [_shown(each) for each in found]})

    async def end_session(self, request: Request) -> Response:
        """Sign one of them out."""
        check_origin(request, self._services.config.server)
        secret, name = request.cookies.get(COOKIE, ""), request.path_params["session_id"]
        await self._services.writer.run(0, browsers.end, secret, name)
        return json_answer({})

    async def end_other_sessions(self, request: Request) -> Response:
        """Sign all of them out but the one that asks."""
        check_origin(request, self._services.config.server)
        await self._services.writer.run(0, browsers.end_others, request.cookies.get(COOKIE, ""))
        return json_answer({})

    async def change_password(self, request: Request) -> Response:
        """Choose another password. All other browsers are signed out."""
        check_origin(request, self._services.config.server)
        account = signed_in(self._services, request)
        asked = await read_typed(self._services, request, NewPassword)
        now, key = trio.current_time(), f"login {account.login}"
        self._attempts.begin(key, now)
        if not await hashed(verify_password, account.password_hash or None, asked.current_password):
            raise InvalidValue("The current password is wrong.")
        self._attempts.succeed(key, now)
        password_hash = await hashed(hash_password, asked.password)
        await self._services.writer.run(0, accounts.set_password, account.login, password_hash)
        return await begin_session(self._services, request, account, json_answer({}))

    async def make_reset(self, request: Request) -> Response:
        """A link with which somebody chooses a new password. For owners."""
        check_origin(request, self._services.config.server)
        if signed_in(self._services, request).role != accounts.OWNER:
            raise Forbidden("Only owners may reset passwords.")
        secret, made = await self._services.writer.run(0, resets.create, request.path_params["login"])
        url = f"{base_url(request, self._services.config.server)}/reset/{secret}"
        return json_answer({"url": url, "expires_at": made.expires_at})

    async def view_reset(self, request: Request) -> Response:
        """Whose password a link resets; 404 when it is used, expired or unknown."""
        try:
            reset = self._services.store.read(0, resets.view, request.path_params["secret"])
        except NotFound as error:
            error.status = HTTPStatus.NOT_FOUND
            raise
        return json_answer({"login": reset.login})

    async def use_reset(self, request: Request) -> Response:
        """Choose the new password, and sign in. Whoever guesses links is slowed down."""
        check_origin(request, self._services.config.server)
        now, key = trio.current_time(), f"address {address(request, self._services.proxies)}"
        self._attempts.begin(key, now)
        secret = request.path_params["secret"]
        self._services.store.read(0, resets.view, secret)
        asked = await read_typed(self._services, request, NewPassword)
        password_hash = await hashed(hash_password, asked.password)
        account = await self._services.writer.run(0, resets.use, secret, password_hash)
        self._attempts.succeed(key, now)
        return await begin_session(self._services, request, account, json_answer({"login": account.login}))

    async def starred(self, request: Request) -> Response:
        """The channels that the account has put first."""
        login = signed_in(self._services, request).login
        return json_answer({"channel_urls": list(self._services.store.read(0, starred.of, login))})

    async def star(self, request: Request) -> Response:
        """Put a channel first, or no more."""
        check_origin(request, self._services.config.server)
        login = signed_in(self._services, request).login
        asked = await read_typed(self._services, request, Star)
        urls = await self._services.writer.run(0, starred.change, login, asked.channel_url, asked.is_starred)
        return json_answer({"channel_urls": list(urls)})


def _shown(signed: browsers.SignedIn) -> dict[str, Any]:
    session, browser = signed.session, signed.session.browser
    return {
        "session_id": signed.session_id,
        "is_current": signed.is_current,
        "software": browser.software if browser else "",
        "address": browser.address if browser else "",
        "created_at": session.created_at,
        "seen_at": session.seen_at,
    }
