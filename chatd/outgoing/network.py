"""Names and connections: what of the network outgoing requests need."""

from __future__ import annotations

import trio
from trio.abc import Stream


class Network:
    """The internet. Tests have one of their own."""

    async def resolve(self, host: str, port: int) -> list[str]:
        """The addresses of a host, the preferred one first. Raises OSError."""
        found = await trio.socket.getaddrinfo(host, port, type=trio.socket.SOCK_STREAM)
        return list(dict.fromkeys(str(address[0]) for _, _, _, _, address in found))

    async def connect(self, address: str, port: int) -> Stream:
        """A connection to an address, which is not resolved again. Raises OSError."""
        family = trio.socket.AF_INET6 if ":" in address else trio.socket.AF_INET
        socket = trio.socket.socket(family, trio.socket.SOCK_STREAM)
        try:
            await socket.connect((address, port))
        except BaseException:
            socket.close()
            raise
        return trio.SocketStream(socket)
