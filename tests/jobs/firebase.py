"""Firebase and Google's access tokens, as far as a sender sees them: in memory."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from trio.abc import Stream

from chatd.outgoing.push.encryption import decoded
from tests.domain.notifying import service_account
from tests.jobs.receiving import request_of

GONE = {"error": {"code": 404, "status": "NOT_FOUND", "details": [{"errorCode": "UNREGISTERED"}]}}


class Firebase:
    """`told` is what came: the token of a device and the text. The device "gone" is no more; access is given once."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str]] = []
        self.grants = 0

    async def serve(self, stream: Stream) -> None:
        """One connection."""
        received = await request_of(stream)
        if received.headers["content-type"] == "application/x-www-form-urlencoded":
            status, answer = self._grant(parse_qs(received.body.decode()))
        else:
            assert received.headers["authorization"] == f"Bearer access-{self.grants}"
            status, answer = self._tell(received.payload["message"])
        raw = json.dumps(answer).encode()
        await stream.send_all(f"HTTP/1.1 {status} x\r\nContent-Length: {len(raw)}\r\n\r\n".encode() + raw)
        await stream.aclose()

    def _grant(self, form: dict[str, list[str]]) -> tuple[int, Any]:
        """An access token for who holds the key (RFC 7523)."""
        assert form["grant_type"] == ["urn:ietf:params:oauth:grant-type:jwt-bearer"]
        said, _, signature = form["assertion"][0].rpartition(".")
        key = load_pem_private_key(json.loads(service_account())["private_key"].encode(), None)
        assert isinstance(key, rsa.RSAPrivateKey)
        key.public_key().verify(decoded(signature), said.encode(), padding.PKCS1v15(), SHA256())
        claims = json.loads(decoded(said.partition(".")[2]))
        assert claims["iss"] == "chat@garden.example"
        assert claims["scope"] == "https://www.googleapis.com/auth/firebase.messaging"
        assert claims["exp"] - claims["iat"] == 3600
        self.grants += 1
        return 200, {"access_token": f"access-{self.grants}", "expires_in": 3599}

    def _tell(self, message: Any) -> tuple[int, Any]:
        self.told.append((message["token"], message["notification"]["body"]))
        return (404, GONE) if message["token"] == "gone" else (200, {"name": "projects/garden/messages/1"})
