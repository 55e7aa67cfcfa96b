"""A client of raw bytes: it can be as wrong as a test wants it to be."""

from __future__ import annotations

import json
from typing import Any

import trio

from chatd.wire.frames import CLOSE, PING, PONG, TEXT
from tests.told import check_told

UPGRADE = (
    b"GET /connection/websocket HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
)
# Only what hangs takes so long, however busy the machine is.
PATIENCE_SECONDS = 30


def masked(opcode: int, payload: bytes) -> bytes:
    """A client's frame, with a mask of zeros."""
    size = len(payload)
    head = bytes((0x80 | opcode, 0x80 | size)) if size < 126 else bytes((0x80 | opcode, 0xFE)) + size.to_bytes(2, "big")
    return head + b"\0\0\0\0" + payload


class Client:
    """One connection. What waits for an answer fails after half a minute."""

    def __init__(self, stream: trio.SocketStream) -> None:
        self.stream = stream
        self._buffer = b""
        self._replies: list[dict[str, Any]] = []
        self._ids = 0
        self.subscription: dict[str, Any] = {}

    @classmethod
    async def open(cls, port: int) -> Client:
        """Connect without saying anything."""
        return cls(await trio.open_tcp_stream("127.0.0.1", port))

    @classmethod
    async def upgraded(cls, port: int) -> Client:
        """Complete the handshake."""
        client = await cls.open(port)
        await client.send(UPGRADE + b"\r\n")
        assert (await client.head()).startswith(b"HTTP/1.1 101 ")
        return client

    @classmethod
    async def logged_in(cls, port: int, token: str, **subscribe: Any) -> Client:
        """Log in and subscribe to the stream; `subscription` is the reply."""
        client = await cls.upgraded(port)
        await client.request(connect={"token": token})
        client.subscription = (await client.request(subscribe={"channel": "~", **subscribe}))["subscribe"]
        return client

    async def send(self, data: bytes) -> None:
        await self.stream.send_all(data)

    async def command(self, **command: Any) -> int:
        """Send a command; its id."""
        self._ids += 1
        await self.send(masked(TEXT, json.dumps({"id": self._ids, **command}).encode()))
        return self._ids

    async def request(self, **command: Any) -> dict[str, Any]:
        """Send a command and wait for its reply; what comes before it is kept for `push`."""
        number = await self.command(**command)
        with trio.fail_after(PATIENCE_SECONDS):
            while True:
                message = await self._message()
                if message.get("id") == number:
                    return message
                self._replies.append(message)

    async def rpc(self, method: str, **params: Any) -> dict[str, Any]:
        """Call a method; the whole reply."""
        return await self.request(rpc={"method": method, "data": params})

    async def push(self) -> dict[str, Any]:
        """The next message that is not a reply to `request`."""
        with trio.fail_after(PATIENCE_SECONDS):
            return self._replies.pop(0) if self._replies else await self._message()

    async def publication(self, kind: str) -> dict[str, Any]:
        """The next publication of a kind; others are passed over."""
        while True:
            message = await self.push()
            found: dict[str, Any] = message.get("push", {}).get("pub", {})
            if found.get("data", {}).get("type") == kind:
                return found

    async def closed(self) -> int:
        """Wait for the close frame; its code."""
        with trio.fail_after(PATIENCE_SECONDS):
            while True:
                opcode, payload = await self.frame()
                if opcode == CLOSE:
                    return int.from_bytes(payload[:2], "big")

    async def head(self) -> bytes:
        """The head of an HTTP answer."""
        with trio.fail_after(PATIENCE_SECONDS):
            while b"\r\n\r\n" not in self._buffer:
                await self._more()
        head, _, self._buffer = self._buffer.partition(b"\r\n\r\n")
        return head

    async def body(self, size: int) -> bytes:
        """So many bytes of an HTTP answer, after its head."""
        with trio.fail_after(PATIENCE_SECONDS):
            while len(self._buffer) < size:
                await self._more()
        body, self._buffer = self._buffer[:size], self._buffer[size:]
        return body

    async def rest(self) -> bytes:
        """Everything until the server hangs up."""
        with trio.fail_after(PATIENCE_SECONDS):
            while True:
                try:
                    await self._more()
                except EOFError:
                    return self._buffer

    async def _message(self) -> dict[str, Any]:
        while True:
            opcode, payload = await self.frame()
            if opcode == CLOSE:
                raise EOFError(f"closed with {int.from_bytes(payload[:2], 'big')}")
            if opcode == TEXT:
                found: dict[str, Any] = json.loads(payload)
                publication = found.get("push", {}).get("pub")
                if publication is not None:
                    check_told(publication["data"])
                return found
            assert opcode in (PING, PONG)

    async def frame(self) -> tuple[int, bytes]:
        """The next frame: opcode and payload."""
        while True:
            frame = self._whole_frame()
            if frame is not None:
                return frame
            await self._more()

    def _whole_frame(self) -> tuple[int, bytes] | None:
        raw = self._buffer
        if len(raw) < 2:
            return None
        size, start = raw[1], 2
        if size >= 126:
            wide = 2 if size == 126 else 8
            size, start = int.from_bytes(raw[2 : 2 + wide], "big"), 2 + wide
        if len(raw) < start + size:
            return None
        self._buffer = raw[start + size :]
        return raw[0] & 0xF, raw[start : start + size]

    async def _more(self) -> None:
        try:
            data = await self.stream.receive_some(65_536)
        except trio.BrokenResourceError:
            data = b""
        if not data:
            raise EOFError("the server hung up")
        self._buffer += bytes(data)
