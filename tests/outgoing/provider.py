"""A small OpenID Connect provider on a real socket, which signs with keys of its own and lies when it is told to."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT_ID = "chatd"
SECRET = "a secret: with/signs"
_KEYS: list[RSAKey] = []


def key(number: int) -> RSAKey:
    """One of a few keys, made once: making them takes long."""
    while len(_KEYS) <= number:
        _KEYS.append(RSAKey.generate_key(2048, {"kid": f"key-{len(_KEYS)}", "use": "sig"}, private=True))
    return _KEYS[number]


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


# Signatures that anybody can make: none, and one with the public key as if it were a shared secret.
FORGED = {
    "none": lambda head, public: b"",
    "HS256": lambda head, public: hmac.digest(public.as_pem(private=False), head, "sha256"),
}


class Provider:
    """`claims` go into each token in the place of the right ones, None for leaving one out; `header` likewise."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.signing: Any = key(0)
        self.published = [key(0)]
        self.claims: dict[str, Any] = {}
        self.header: dict[str, Any] = {}
        self.document: dict[str, Any] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []

    def discovery(self) -> dict[str, Any]:
        ends = {name: f"{self.url}/{name}" for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")}
        return {"issuer": self.url, **ends} | self.document

    def authorize(self, query: dict[str, str]) -> str:
        """Somebody has said yes: where their browser goes."""
        code = f"code-{len(self.codes)}"
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def exchange(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        asked = self.codes.pop(form.get("code", ""), None)
        challenge = _encoded(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        pair = base64.b64decode(authorization.removeprefix("Basic ")).decode()
        is_right = (
            asked is not None
            and asked["code_challenge"] == challenge
            and asked["redirect_uri"] == form["redirect_uri"]
            and pair == f"{CLIENT_ID}:a%20secret%3A%20with%2Fsigns"
        )
        if asked is None or not is_right:
            return 400, {"error": "invalid_grant"}
        return 200, {"id_token": self.token(asked["nonce"]), "token_type": "Bearer", "access_token": "x"}

    def token(self, nonce: str) -> str:
        now = int(time.time())
        right = {"iss": self.url, "aud": CLIENT_ID, "sub": "1", "nonce": nonce, "iat": now, "exp": now + 300}
        who = {"email": "zoe@example.org", "email_verified": True, "name": "Zoë Müller"}
        claims = {name: value for name, value in (right | who | self.claims).items() if value is not None}
        header = {"alg": "RS256", "kid": self.signing.kid} | self.header
        if header["alg"] in FORGED:
            head = ".".join(_encoded(json.dumps(part).encode()) for part in (header, claims))
            return f"{head}.{_encoded(FORGED[header['alg']](head.encode(), key(0)))}"
        return jwt.encode(header, claims, self.signing, algorithms=[header["alg"]])


@contextmanager
def provider() -> Iterator[Provider]:
    """Serve one."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            served.asked.append(parts.path)
            if parts.path == "/authorization_endpoint":
                self.send_response(302)
                self.send_header("Location", served.authorize({k: v[0] for k, v in parse_qs(parts.query).items()}))
                self.send_header("Content-Length", "0")
                self.end_headers()
            elif parts.path == "/jwks_uri":
                self._say(200, {"keys": [each.as_dict(private=False) for each in served.published]})
            else:
                self._say(200, served.discovery())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self._say(*served.exchange(form, self.headers.get("Authorization", "")))

        def _say(self, status: int, answer: dict[str, Any]) -> None:
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        served = Provider(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield served
        finally:
            server.shutdown()
            thread.join()
