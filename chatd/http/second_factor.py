"""The second factor of the account that is signed in."""

from __future__ import annotations

import msgspec
import trio
from starlette.requests import Request
from starlette.responses import Response

from chatd.domain.tenants import second_factor
from chatd.domain.tenants.passwords import verify_password
from chatd.errors import InvalidValue, SecondFactorRequired
from chatd.gateway.service import Services
from chatd.http.answers import json_answer
from chatd.http.attempts import Attempts
from chatd.http.origin import check_origin
from chatd.http.signing_in import hashed, read_typed, signed_in
from chatd.model import Account


class Proof(msgspec.Struct, frozen=True):
    """What proves who asks: the password, or a code."""

    password: str = ""
    code: str = ""


class SecondFactors:
    """Endpoints under /auth/second_factor."""

    def __init__(self, services: Services, attempts: Attempts) -> None:
        self._services = services
        self._attempts = attempts

    async def view(self, request: Request) -> Response:
        """`GET`: whether the account needs one."""
        account = signed_in(self._services, request)
        return json_answer({"is_on": self._services.store.read(0, second_factor.is_on, account.login)})

    async def begin(self, request: Request) -> Response:
        """`POST`, with the password: a secret for the app, and its address `uri`."""
        account, _ = await self._proven(request)
        offer = await self._services.writer.run(0, second_factor.begin, account)
        return json_answer(offer._asdict())

    async def confirm(self, request: Request) -> Response:
        """`PUT`, with the first code: from now on it is needed. The `recovery_codes` are shown this once."""
        check_origin(request, self._services.config.server)
        account = signed_in(self._services, request)
        proof = await read_typed(self._services, request, Proof)
        codes = await self._services.writer.run(0, second_factor.confirm, account, proof.code)
        return json_answer({"recovery_codes": codes})

    async def remove(self, request: Request) -> Response:
        """`DELETE`, with the password and a code: it is needed no more."""
        account, proof = await self._proven(request)
        await take_code(self._services, self._attempts, account, proof.code)
        await self._services.writer.run(0, second_factor.remove, account.login)
        return json_answer({})

    async def _proven(self, request: Request) -> tuple[Account, Proof]:
        """Who asks, and has said the password once more. Raises InvalidValue, RateLimited."""
        check_origin(request, self._services.config.server)
        account = signed_in(self._services, request)
        proof = await read_typed(self._services, request, Proof)
        now, key = trio.current_time(), f"login {account.login}"
        self._attempts.begin(key, now)
        if not await hashed(verify_password, account.password_hash, proof.password):
            raise InvalidValue("The password is wrong.")
        self._attempts.succeed(key, now)
        return account, proof


async def take_code(services: Services, attempts: Attempts, account: Account, code: str) -> None:
    """Take a code of an account that needs one. Wrong ones are counted as wrong passwords are.

    Raises SecondFactorRequired without one, InvalidValue, RateLimited.
    """
    now, key = trio.current_time(), f"login {account.login}"
    attempts.begin(key, now)
    try:
        await services.writer.run(0, second_factor.check, account.login, code)
    except SecondFactorRequired:
        attempts.succeed(key, now)
        raise
    attempts.succeed(key, now)
