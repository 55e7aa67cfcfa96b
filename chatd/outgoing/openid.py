"""Signing in with an OpenID Connect provider: the authorization code flow with PKCE, a state and a nonce.

What the provider says is believed when it is signed with one of its keys, for this client, for this attempt, and not
expired. Keys are fetched when one is named that is not known, so a provider may change them at any time.
"""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlencode, urlsplit

import orjson
import trio
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from chatd import config
from chatd.errors import OutgoingFailed, Overloaded, StartError
from chatd.model import Attempt, Identity
from chatd.outgoing.client import Answer, Client, Request

MAX_BYTES: Final = 256 * 1024
SECRET_VARIABLE: Final = "CHATD_OPENID_SECRET"  # noqa: S105 - a name
DISCOVERY: Final = "/.well-known/openid-configuration"
# Only those with which nobody but the provider signs: whoever has a shared secret could sign in as anybody.
ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "Ed25519", "EdDSA")
LEEWAY_SECONDS: Final = 60
# Where the provider's ends are is asked again after so long; keys at most so often.
KNOWN_SECONDS: Final = 3600
KEYS_EVERY_SECONDS: Final = 10
AT_ONCE: Final = 16
MAX_WAITING: Final = 100
_NEEDED: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class OpenId:
    """One provider. `secret` may be empty for a client that has none; `now()` is in Unix seconds."""

    def __init__(
        self, client: Client, settings: config.OpenId, secret: str, now: Callable[[], float] = time.time
    ) -> None:
        self._client = client
        self._settings = settings
        self._secret = secret
        self._now = now
        self._turns = trio.CapacityLimiter(AT_ONCE)
        self._document: Mapping[str, Any] = {}
        self._read_at = 0.0
        self._keys = KeySet([])
        self._keys_at = 0.0

    async def begin(self, redirect_uri: str) -> Attempt:
        """Where to send somebody who wants to sign in, and what to remember of it. Raises OutgoingFailed."""
        document = await self._described()
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        query = {
            "response_type": "code",
            "client_id": self._settings.client_id,
            "redirect_uri": redirect_uri,
            "scope": "openid email profile",
            "state": state,
            "nonce": nonce,
            "code_challenge": _challenge(verifier),
            "code_challenge_method": "S256",
        }
        endpoint = str(document["authorization_endpoint"])
        joint = "&" if urlsplit(endpoint).query else "?"
        return Attempt(f"{endpoint}{joint}{urlencode(query)}", state, nonce, verifier, redirect_uri)

    async def finish(self, attempt: Attempt, code: str) -> Identity:
        """Who has come back with a code. Raises OutgoingFailed, also for what is not to be believed."""
        document = await self._described()
        answer = await self._exchange(document, attempt, code)
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise OutgoingFailed("The provider has not said who you are.")
        return _identity(await self._verified(document, token, attempt.nonce))

    async def _described(self) -> Mapping[str, Any]:
        """What the provider says of itself, an hour old at most."""
        if self._document and self._now() - self._read_at < KNOWN_SECONDS:
            return self._document
        document = await self._get(self._settings.issuer + DISCOVERY)
        if document.get("issuer") != self._settings.issuer:
            raise OutgoingFailed("The provider calls itself something else than openid.issuer.")
        if not all(isinstance(document.get(name), str) for name in _NEEDED):
            raise OutgoingFailed("The provider does not say where it is to be asked.")
        self._document, self._read_at = document, self._now()
        return document

    async def _exchange(self, document: Mapping[str, Any], attempt: Attempt, code: str) -> Mapping[str, Any]:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": attempt.redirect_uri,
            "code_verifier": attempt.verifier,
        }
        headers = [("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "application/json")]
        offered = document.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        if self._secret and "client_secret_basic" in offered:
            headers.append(("Authorization", _basic(self._settings.client_id, self._secret)))
        else:
            form["client_id"] = self._settings.client_id
            form |= {"client_secret": self._secret} if self._secret else {}
        request = Request(str(document["token_endpoint"]), MAX_BYTES, tuple(headers), urlencode(form).encode())
        return await self._ask(self._client.post, request)

    async def _verified(self, document: Mapping[str, Any], token: str, nonce: str) -> dict[str, Any]:
        """The claims of a token that is the provider's, for us, for this attempt, and still valid."""
        try:
            claims = (await self._decoded(document, token)).claims
            registry = jwt.JWTClaimsRegistry(
                now=lambda: int(self._now()),
                leeway=LEEWAY_SECONDS,
                iss={"essential": True, "value": self._settings.issuer},
                aud={"essential": True, "value": self._settings.client_id},
                exp={"essential": True},
                iat={"essential": True},
                sub={"essential": True},
                nonce={"essential": True, "value": nonce},
            )
            registry.validate(claims)
        except (JoseError, ValueError, TypeError) as error:
            raise OutgoingFailed(f"The provider's word is not to be believed: {error}") from error
        if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != self._settings.client_id:
            raise OutgoingFailed("The provider's word is for somebody else.")
        return claims

    async def _decoded(self, document: Mapping[str, Any], token: str) -> jwt.Token:
        try:
            return jwt.decode(token, self._keys, algorithms=ALGORITHMS)
        except (InvalidKeyIdError, ValueError, JoseError):
            if self._now() - self._keys_at < KEYS_EVERY_SECONDS:
                raise
        # It may have other keys by now.
        self._keys_at = self._now()
        self._keys = _key_set(await self._get(str(document["jwks_uri"])))
        return jwt.decode(token, self._keys, algorithms=ALGORITHMS)

    async def _get(self, url: str) -> Mapping[str, Any]:
        return await self._ask(self._client.get, Request(url, MAX_BYTES, (("Accept", "application/json"),)))

    async def _ask(self, ask: Callable[[Request], Any], request: Request) -> Mapping[str, Any]:
        if self._turns.statistics().tasks_waiting >= MAX_WAITING:
            raise Overloaded("Too many people sign in at the same time; try again in a moment.")
        async with self._turns:
            return _read(await ask(request))


def client_secret(settings: config.OpenId) -> str:
    """What the provider knows this server by. Raises StartError."""
    if not settings.client_secret_file:
        return os.environ.get(SECRET_VARIABLE, "")
    try:
        return Path(settings.client_secret_file).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise StartError(f"openid.client_secret_file: cannot be read: {error}") from error


def _read(answer: Answer) -> Mapping[str, Any]:
    try:
        read = orjson.loads(answer.body)
    except orjson.JSONDecodeError:
        read = None
    if answer.status != 200 or not isinstance(read, dict):
        raise OutgoingFailed(f"The provider has answered with the status {answer.status}.")
    return read


def _key_set(document: Mapping[str, Any]) -> KeySet:
    """The keys that can be used; a provider may have others, of kinds that come later."""
    keys = []
    for each in document.get("keys", ()):
        try:
            # Keys for encryption sign nothing, and shared ones are no provider's.
            if each.get("use", "sig") == "sig" and each.get("kty") != "oct":
                keys += KeySet.import_key_set({"keys": [each]}).keys
        except (JoseError, ValueError, TypeError, AttributeError):
            continue
    return KeySet(keys)


def _identity(claims: Mapping[str, Any]) -> Identity:
    def text(name: str) -> str:
        found = claims.get(name)
        return found if isinstance(found, str) else ""

    is_verified = claims.get("email_verified") in (True, "true")
    return Identity(text("iss"), str(claims["sub"]), text("email") if is_verified else "", text("name"))


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _basic(client_id: str, secret: str) -> str:
    """RFC 6749, section 2.3.1: both are encoded as in forms first."""
    pair = f"{quote(client_id, safe='')}:{quote(secret, safe='')}"
    return f"Basic {base64.b64encode(pair.encode()).decode()}"
