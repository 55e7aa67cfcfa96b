"""Huawei's Push Kit, as far as a sender sees it: in memory."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs

from trio.abc import Stream

from tests.jobs.receiving import request_of


class Huawei:
    """`told` is what came, with its code. The device "gone" is no more; the first access token ends after a request."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str, str]] = []
        self.grants = 0

    async def serve(self, stream: Stream) -> None:
        """One connection."""
        received = await request_of(stream)
        if received.headers["content-type"] == "application/x-www-form-urlencoded":
            answer = self._grant(parse_qs(received.body.decode()))
        else:
            answer = self._tell(received.headers["authorization"], received.payload["message"])
        raw = json.dumps(answer).encode()
        await stream.send_all(f"HTTP/1.1 200 x\r\nContent-Length: {len(raw)}\r\n\r\n".encode() + raw)
        await stream.aclose()

    def _grant(self, form: dict[str, list[str]]) -> Any:
        assert form == {"grant_type": ["client_credentials"], "client_id": ["100"], "client_secret": ["s"]}
        self.grants += 1
        return {"access_token": f"access-{self.grants}", "expires_in": 3600, "token_type": "Bearer"}

    def _tell(self, authorization: str, message: Any) -> Any:
        (device,) = message["token"]
        code = "80300007" if device == "gone" else "80000000"
        if authorization == "Bearer access-1" and self.told:
            code = "80200003"
        self.told.append((device, message["android"]["notification"]["body"], code))
        return {"code": code, "msg": "x", "requestId": "1"}
