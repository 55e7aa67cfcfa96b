"""Opens a connection to a server, and makes a WebSocket of it."""

from __future__ import annotations

from urllib.parse import SplitResult

import trio
from trio_websocket import WebSocketConnection, wrap_client_stream

from chatd.client.failures import Unreachable

# What is recovered comes in one message.
MOST_BYTES = 64 * 1024 * 1024
BUFFER_BYTES = 64 * 1024
PORTS = {"ws": 80, "wss": 443}

Connected = trio.SocketStream | trio.SSLStream[trio.SocketStream]


class Opening(trio.abc.Stream):
    """A connection whose end is an error as long as it is no WebSocket: trio-websocket would wait for one still."""

    def __init__(self, stream: Connected) -> None:
        self.is_done = False
        self._stream = stream

    async def receive_some(self, max_bytes: int | None = None) -> bytes:
        """As the connection's. Raises Unreachable."""
        try:
            data = bytes(await self._stream.receive_some(max_bytes))
        except trio.BrokenResourceError:
            if self.is_done:
                raise
            data = b""
        if not data and not self.is_done:
            raise Unreachable("The server has hung up.")
        return data

    async def send_all(self, data: bytes | bytearray | memoryview) -> None:
        """As the connection's. Raises Unreachable."""
        try:
            await self._stream.send_all(data)
        except trio.BrokenResourceError:
            if self.is_done:
                raise
            raise Unreachable("The server has hung up.") from None

    async def wait_send_all_might_not_block(self) -> None:
        """As the connection's."""
        await self._stream.wait_send_all_might_not_block()

    async def aclose(self) -> None:
        """As the connection's."""
        await self._stream.aclose()


async def websocket_to(address: SplitResult, nursery: trio.Nursery) -> WebSocketConnection:
    """An open one, which works in this nursery. Raises OSError, or in the nursery whatever keeps it from opening."""
    stream = Opening(await _connected(address))
    default = address.port in (None, PORTS[address.scheme])
    websocket = await wrap_client_stream(
        nursery,
        stream,  # type: ignore[arg-type]  # any stream does
        f"{address.hostname}" if default else f"{address.hostname}:{address.port}",
        f"{address.path or '/'}{'?' if address.query else ''}{address.query}",
        max_message_size=MOST_BYTES,
        receive_buffer_size=BUFFER_BYTES,
    )
    stream.is_done = True
    return websocket


async def _connected(address: SplitResult) -> Connected:
    host, port = address.hostname or "", address.port or PORTS[address.scheme]
    if address.scheme == "wss":
        return await trio.open_ssl_over_tcp_stream(host, port, https_compatible=True)
    return await trio.open_tcp_stream(host, port)
