"""Proxies that may say for whom they connect. What anybody else says about that is not believed."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network

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
# Addresses whose trust is remembered: parsing one takes longer than the rest of a handshake's bookkeeping.
_REMEMBERED = 4096


class Proxies:
    """The configured proxies: networks, and perhaps whoever connects to our Unix socket.

    `trusts(address)` is whether what comes from an address may speak for others; a Unix socket has the address "".
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._unix = UNIX in names
        self._networks = [ip_network(name) for name in names if name != UNIX]
        self.trusts = lru_cache(_REMEMBERED)(self._trusts)

    def client(self, peer: str, forwarded: Sequence[str]) -> str:
        """For whom `peer` asks: the last address in its `X-Forwarded-For` headers that is not itself a proxy's.

        The peer itself when it is no proxy, or says nothing.
        """
        if not forwarded or not self.trusts(peer):
            return peer
        hops = ",".join(forwarded).rsplit(",", _MAX_HOPS)[-_MAX_HOPS:]
        for hop in reversed(hops):
            address = _parse_hop(hop)
            if address is None:
                return peer
            if not self.trusts(address):
                return address
            peer = address
        return peer

    def _trusts(self, address: str) -> bool:
        if not address:
            return self._unix
        try:
            ip = ip_address(plain(address))
        except ValueError:
            return False
        return any(ip in network for network in self._networks)


async def read_proxy_header(socket: trio.socket.SocketType) -> str | None:
    """Read a PROXY header and not a byte more; the client's address, if the proxy says it.

    Raises ProxyError, or trio.BrokenResourceError when the peer hangs up without a word, as health checks do.
    """
    first = await socket.recv(FIRST_BYTES)
    if not first:
        raise trio.BrokenResourceError("the peer hung up")
    first = await _exactly(socket, FIRST_BYTES, first)
    if is_second(first):
        head = await _exactly(socket, SECOND_HEAD, first)
        address = parse_second(head, await _exactly(socket, body_size(head)))
    else:
        address = parse_line(await _rest_of_line(socket, first))
    return None if address is None else plain(address)


def plain(address: str) -> str:
    """One way to write an address: an IPv4 address in IPv6's clothes is one. Raises ValueError when it is none."""
    ip = ip_address(address)
    mapped = ip.ipv4_mapped if isinstance(ip, IPv6Address) else None
    return str(mapped or ip)


@lru_cache(_REMEMBERED)
def customer(address: str) -> str:
    """What an address is counted as: IPv6 networks of 64 bits are one, the least that a customer has (RFC 6177)."""
    if ":" not in address:
        return address
    one = plain(address).partition("%")[0]
    return str(ip_network((one, 64), strict=False)) if ":" in one else one


async def _exactly(socket: trio.socket.SocketType, size: int, data: bytes = b"") -> bytes:
    """So many bytes, of which `data` are there already."""
    while len(data) < size:
        more = await socket.recv(size - len(data))
        if not more:
            raise ProxyError("the PROXY header is cut short")
        data += more
    return data


async def _rest_of_line(stream: trio.socket.SocketType, line: bytes) -> bytes:
    """Look at what has come before it is taken: what follows the line is not ours."""
    while b"\n" not in line:
        if len(line) == MAX_LINE:
            raise ProxyError("the PROXY line is too long")
        seen = await stream.recv(MAX_LINE - len(line), socket.MSG_PEEK)
        if not seen:
            raise ProxyError("the PROXY header is cut short")
        line += await stream.recv(seen.find(b"\n") + 1 or len(seen))
    return line


def _parse_hop(hop: str) -> str | None:
    """The address in an element of `X-Forwarded-For`, which some write with a port; None when it is none."""
    text = hop.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        return plain(text)
    except ValueError:
        return None
