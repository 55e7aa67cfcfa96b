"""A server that receives webhooks, in memory."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any, NamedTuple

import trio
from trio.abc import Stream


class Received(NamedTuple):
    """A request: names of headers in small letters, and the body as it came."""

    headers: dict[str, str]
    body: bytes

    @property
    def payload(self) -> Any:
        """What it says."""
        return json.loads(self.body)

    @property
    def retry(self) -> int:
        """How many attempts came before, as it says."""
        return int(self.headers.get("x-chatd-retry", "0"))

    def is_signed(self, secret: str) -> bool:
        """Whether it comes from who knows the secret."""
        return self.headers["x-chatd-signature"] == hmac.new(secret.encode(), self.body, hashlib.sha256).hexdigest()


class Receiver:
    """Notes requests and answers with what `status` says of each; 0 is no answer."""

    def __init__(self, status: Callable[[Received], int] = lambda received: 200) -> None:
        self.received: list[Received] = []
        self.status = status
        self.at_once = self.most_at_once = 0

    async def serve(self, stream: Stream) -> None:
        """One connection."""
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            received = await request_of(stream)
            self.received.append(received)
            status = self.status(received)
            await trio.sleep(0.1)
            if not status:
                await stream.receive_some(1)
                return
            await stream.send_all(
                f"HTTP/1.1 {status} x\r\nLocation: /elsewhere\r\nContent-Length: 2\r\n\r\nok".encode()
            )
            await stream.aclose()
        finally:
            self.at_once -= 1

    def messages(self) -> list[str]:
        """The texts of the messages that came."""
        return [each.payload["payload"]["message"] for each in self.received]


async def request_of(stream: Stream) -> Received:
    """The next request of a connection."""
    raw = b""
    while b"\r\n\r\n" not in raw:
        raw += await _more(stream)
    head, _, body = raw.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:])}
    while len(body) < int(headers["content-length"]):
        body += await _more(stream)
    return Received(headers, body)


async def _more(stream: Stream) -> bytes:
    data = await stream.receive_some(65536)
    if not data:
        raise trio.BrokenResourceError
    return bytes(data)
