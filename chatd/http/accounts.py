"""Signing in and out, invites, and the chat token of a signed-in person."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import msgspec
import trio
from starlette.requests import Request
from starlette.responses import Response

from chatd import ids
from chatd.domain.tenants import accounts, applications, browsers, invites
from chatd.domain.tenants.passwords import hash_password, verify_password
from chatd.errors import Forbidden, InvalidValue, NotFound
from chatd.gateway import service
from chatd.gateway.service import Services
from chatd.http.answers import json_answer
from chatd.http.attempts import Attempts
from chatd.http.origin import address, base_url, check_origin
from chatd.http.signing_in import COOKIE, begin_session, hashed, read_typed, signed_in
from chatd.model import Account, Actor
from chatd.store.transaction import Transaction

TOKEN_LIFETIME = 60 * 60 * 1000


class SignIn(msgspec.Struct, frozen=True):
    """Who, and the proof."""

    login: str
    password: str


class SignUp(msgspec.Struct, frozen=True):
    """A new account."""

    login: str
    password: str
    nickname: str = ""


class NewInvite(msgspec.Struct, frozen=True):
    """What the invited person will be."""

    role: str = accounts.MEMBER


class Accounts:
    """The endpoints under /auth."""

    def __init__(self, services: Services, attempts: Attempts) -> None:
        self._services = services
        self._attempts = attempts

    async def me(self, request: Request) -> Response:
        """Who is signed in."""
        return json_answer(self._described(signed_in(self._services, request)))

    async def sign_in(self, request: Request) -> Response:
        """Check a password and begin a session."""
        check_origin(request, self._services.config.server)
        asked = await read_typed(self._services, request, SignIn)
        now = trio.current_time()
        keys = (f"address {address(request, self._services.proxies)}", f"login {asked.login.lower()[:80]}")
        for key in keys:
            self._attempts.begin(key, now)
        account = self._services.store.read(0, accounts.find, asked.login)
        known = None if account is None else account.password_hash or None
        if not await hashed(verify_password, known, asked.password) or account is None:
            raise InvalidValue("The login or the password is wrong.")
        for key in keys:
            self._attempts.succeed(key, now)
        return await self._begin(request, account)

    async def sign_out(self, request: Request) -> Response:
        """End the session."""
        check_origin(request, self._services.config.server)
        await self._services.writer.run(0, accounts.sign_out, request.cookies.get(COOKIE, ""))
        answer = json_answer({})
        answer.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")
        return answer

    async def token(self, request: Request) -> Response:
        """A session token for the chat, valid for an hour."""
        check_origin(request, self._services.config.server)
        account = signed_in(self._services, request)
        actor = Actor(account.application, None, None)
        await self._services.writer.run(0, browsers.touch, request.cookies.get(COOKIE, ""))
        params = {"user_id": account.user_id, "expires_at": ids.now_ms() + TOKEN_LIFETIME}
        issued = await service.call(self._services, actor, "sessions.issue", params)
        return json_answer({"token": issued["token"], "expires_at": issued["expires_at"]})

    async def invite(self, request: Request) -> Response:
        """A link with which somebody can make an account. Only owners invite owners."""
        check_origin(request, self._services.config.server)
        account = signed_in(self._services, request)
        asked = await read_typed(self._services, request, NewInvite)
        if asked.role != accounts.MEMBER and account.role != accounts.OWNER:
            raise Forbidden("Only owners may invite with this role.")
        secret, made = await self._services.writer.run(0, invites.create, asked.role, account.login)
        url = f"{base_url(request, self._services.config.server)}/join/{secret}"
        return json_answer({"url": url, "expires_at": made.expires_at})

    async def view_invite(self, request: Request) -> Response:
        """What an invite is for; 404 when it is used, expired or unknown."""
        try:
            invite = self._services.store.read(0, invites.view, request.path_params["secret"])
        except NotFound as error:
            error.status = HTTPStatus.NOT_FOUND
            raise
        return json_answer({"role": invite.role, "invited_by": invite.invited_by, "login": invite.login})

    async def accept_invite(self, request: Request) -> Response:
        """Make the account, and sign in."""
        check_origin(request, self._services.config.server)
        secret = request.path_params["secret"]
        self._services.store.read(0, invites.view, secret)
        asked = await read_typed(self._services, request, SignUp)
        password_hash = await hashed(hash_password, asked.password)
        account = await self._services.writer.run(0, invites.accept, secret, asked.login, asked.nickname, password_hash)
        return await self._begin(request, account)

    async def _begin(self, request: Request, account: Account) -> Response:
        return await begin_session(self._services, request, account, json_answer(self._described(account)))

    def _described(self, account: Account) -> dict[str, Any]:
        return {
            "login": account.login,
            "role": account.role,
            "user_id": account.user_id,
            "application_id": self._services.store.read(account.application, _application_id),
        }


def _application_id(txn: Transaction) -> str:
    return applications.by_number(txn, txn.application).application_id
