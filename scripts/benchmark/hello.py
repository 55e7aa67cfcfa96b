"""The yardstick for REST: the same HTTP server with an application that says hello and nothing else.

Usage: python hello.py. Prints its port, and serves until it is killed.
"""

from __future__ import annotations

import trio
from starlette.types import Receive, Scope, Send

from chatd.config import Config
from chatd.http.connection import HttpServer

BODY = b'{"message":"Hello, world!"}'
HEADERS = [(b"content-type", b"application/json"), (b"content-length", str(len(BODY)).encode())]


async def hello(scope: Scope, receive: Receive, send: Send) -> None:
    """Read the request, say hello (ASGI)."""
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    await send({"type": "http.response.body", "body": BODY})


async def main() -> None:
    """Serve on a port of the system's choice."""
    server = HttpServer(Config(), hello)

    async def serve(stream: trio.SocketStream) -> None:
        head = bytes(await stream.receive_some(65_536))
        await server.serve(stream, head, "127.0.0.1")

    (listener,) = await trio.open_tcp_listeners(0, host="127.0.0.1")
    print(listener.socket.getsockname()[1], flush=True)
    await trio.serve_listeners(serve, [listener])


trio.run(main)
