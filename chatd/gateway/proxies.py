"""Proxies that may say for whom they connect. What anybody else says about that is not believed."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import ip_address, ip_network

import trio

from chatd.wire.proxy_protocol import (
    FIRST_BYTES,
    MAX_LINE,
    SECOND_HEAD,
    ProxyError,
    body_size,
    is_second,
    parse_line,
    parse_second,
)

# What `proxies` in the configuration calls those that connect to a Unix socket.
UNIX = "unix"
_MAX_HOPS = 32


class Proxies:
    """The configured proxies: networks, and perhaps whoever connects to our Unix socket."""

    def __init__(self, names: Sequence[str]) -> None:
        self._unix = UNIX in names
        self._networks = [ip_network(name) for name in names if name != UNIX]

    def trusts(self, address: str) -> bool:
        """Whether what comes from an address may speak for others; a Unix socket has the address ""."""
        if not address:
            return self._unix
        try:
            ip = ip_address(address)
        except ValueError:
            return False
        mapped = getattr(ip, "ipv4_mapped", None)
        return any((mapped or ip) in network for network in self._networks)

    def client(self, peer: str, forwarded: Sequence[str]) -> str:
        """For whom `peer` asks: the last address in its `X-Forwarded-For` headers that is not itself a proxy's.

        The peer itself when it is no proxy, or says nothing.
        """
        if not self.trusts(peer):
            return peer
        hops = ",".join(forwarded).rsplit(",", _MAX_HOPS)[-_MAX_HOPS:]
        for hop in reversed(hops):
            address = _plain(hop)
            if address is None:
                return peer
            if not self.trusts(address):
                return address
            peer = address
        return peer


async def read_proxy_header(socket: trio.socket.SocketType) -> str | None:
    """Read a PROXY header and not a byte more; the client's address, if the proxy says it. Raises ProxyError."""
    first = await _exactly(socket, FIRST_BYTES)
    if is_second(first):
        head = first + await _exactly(socket, SECOND_HEAD - FIRST_BYTES)
        return parse_second(head, await _exactly(socket, body_size(head)))
    line = first
    while not line.endswith(b"\r\n"):
        if len(line) == MAX_LINE:
            raise ProxyError("the PROXY line is too long")
        line += await _exactly(socket, 1)
    return parse_line(line)


async def _exactly(socket: trio.socket.SocketType, size: int) -> bytes:
    data = b""
    while len(data) < size:
        more = await socket.recv(size - len(data))
        if not more:
            raise ProxyError("the PROXY header is cut short")
        data += more
    return data


def _plain(hop: str) -> str | None:
    """The address in an element of `X-Forwarded-For`, which some write with a port; None when it is none."""
    text = hop.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        return str(ip_address(text))
    except ValueError:
        return None
