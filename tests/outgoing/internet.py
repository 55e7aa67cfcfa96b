"""An internet of a few hosts, in memory: names, addresses, and what is served there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any

import trio
import trio.testing
from trio.abc import Stream

from chatd.outgoing.network import Network

Serve = Callable[[Stream], Awaitable[None]]

# Addresses that are public, and nobody's here.
PUBLIC = "93.184.216.34"
OTHER = "2606:2800:220:1::1"


def page(body: bytes | str, *headers: str, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> Serve:
    """Serves one page."""
    raw = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(raw)}", *headers]
    return sends("\r\n".join(lines).encode() + b"\r\n\r\n" + raw)


def moved(location: str) -> Serve:
    """Serves a redirect."""
    return page("", f"Location: {location}", status="302 Found")


def sends(raw: bytes) -> Serve:
    """Sends bytes once the request has come, and closes."""

    async def serve(stream: Stream) -> None:
        await stream.receive_some(65536)
        await stream.send_all(raw)
        await stream.aclose()

    return serve


class Internet(Network):
    """Answers of its resolver by name, one after the other; servers by address. `asked` and `dialled` say what came."""

    def __init__(self, nursery: trio.Nursery, names: dict[str, Sequence[Any]], servers: dict[str, Serve]) -> None:
        self.asked: list[str] = []
        self.dialled: list[tuple[str, int]] = []
        self.requests: list[bytes] = []
        self._nursery = nursery
        self._names = names
        self._servers = servers

    async def resolve(self, host: str, port: int) -> list[str]:
        """What was said for this name; the last answer stays."""
        await trio.lowlevel.checkpoint()
        self.asked.append(host)
        if host not in self._names and (host.replace(".", "").isdigit() or ":" in host):
            return [host]
        if host not in self._names:
            raise OSError("no such host")
        answers = self._names[host]
        found = answers[min(self.asked.count(host), len(answers)) - 1]
        return [found] if isinstance(found, str) else list(found)

    async def connect(self, address: str, port: int) -> Stream:
        """A connection to a server of this internet."""
        await trio.lowlevel.checkpoint()
        self.dialled.append((address, port))
        if address not in self._servers:
            raise OSError("connection refused")
        client, server = trio.testing.memory_stream_pair()
        self._nursery.start_soon(self._serve, self._servers[address], _Noting(server, self.requests))
        return client

    async def _serve(self, serve: Serve, stream: Stream) -> None:
        with suppress(trio.BrokenResourceError, trio.ClosedResourceError):
            await serve(stream)


class _Noting(Stream):
    """A stream that notes what is received."""

    def __init__(self, stream: Stream, received: list[bytes]) -> None:
        self._stream, self._received = stream, received

    async def receive_some(self, max_bytes: int | None = None) -> bytes | bytearray:
        data = await self._stream.receive_some(max_bytes)
        self._received.append(bytes(data))
        return data

    async def send_all(self, data: bytes | bytearray | memoryview) -> None:
        await self._stream.send_all(data)

    async def wait_send_all_might_not_block(self) -> None:
        await self._stream.wait_send_all_might_not_block()

    async def aclose(self) -> None:
        await self._stream.aclose()
