"""The PROXY protocol: what is written by the rules is read back, everything else is refused."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

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

SIGNATURE = bytes.fromhex("0d0a0d0a000d0a515549540a")
PORTS = st.integers(0, 65_535)


def second(command: int, family: int, body: bytes, version: int = 2) -> bytes:
    """A header of version 2."""
    return SIGNATURE + bytes([version << 4 | command, family]) + len(body).to_bytes(2, "big") + body


def parse(header: bytes) -> str | None:
    """The client in a whole header of either version."""
    if not is_second(header[:FIRST_BYTES]):
        return parse_line(header)
    head = header[:SECOND_HEAD]
    return parse_second(head, header[SECOND_HEAD : SECOND_HEAD + body_size(head)])


@given(st.ip_addresses(), PORTS, PORTS)
def test_version_1(client: IPv4Address | IPv6Address, port: int, to: int) -> None:
    here = "192.0.2.1" if client.version == 4 else "2001:db8::1"
    line = f"PROXY TCP{client.version} {client} {here} {port} {to}\r\n".encode()
    assert len(line) <= MAX_LINE
    assert parse(line) == str(client)


@given(st.ip_addresses(), PORTS, PORTS, st.binary(max_size=300))
def test_version_2(client: IPv4Address | IPv6Address, port: int, to: int, more: bytes) -> None:
    family = 0x11 if client.version == 4 else 0x21
    body = client.packed + bytes(len(client.packed)) + port.to_bytes(2, "big") + to.to_bytes(2, "big")
    found = parse(second(1, family, body + more))
    assert found is not None
    assert ip_address(found) == client


@pytest.mark.parametrize(
    "header",
    [
        b"PROXY UNKNOWN\r\n",
        b"PROXY UNKNOWN ffff::1 ffff::2 65535 65535\r\n",
        second(0, 0x11, bytes(12)),
        second(0, 0, b""),
        second(1, 0, b""),
        second(1, 0x12, bytes(12)),
        second(1, 0x31, bytes(216)),
    ],
)
def test_a_proxy_that_names_nobody(header: bytes) -> None:
    assert parse(header) is None


@pytest.mark.parametrize(
    "header",
    [
        b"PROXY TCP4 1.2.3.4 5.6.7.8 1 2\n",
        b"PROXY TCP4 1.2.3.4 5.6.7.8 1\r\n",
        b"PROXY TCP4 1.2.3.4 5.6.7.8 1 2 3\r\n",
        b"PROXY TCP4  1.2.3.4 5.6.7.8 1 2\r\n",
        b"PROXY TCP6 1.2.3.4 5.6.7.8 1 2\r\n",
        b"PROXY TCP4 ::1 ::1 1 2\r\n",
        b"PROXY TCP4 1.2.3 5.6.7.8 1 2\r\n",
        b"PROXY TCP4 1.2.3.\xff 5.6.7.8 1 2\r\n",
        b"PROXY UDP4 1.2.3.4 5.6.7.8 1 2\r\n",
        b"PROXY UNKNOWN" + bytes(10),
        b"PROXY \r\n" + bytes(10),
        b"PROXY TCP4\r\nGET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"proxy TCP4 1.2.3.4 5.6.7.8 1 2\r\n",
        SIGNATURE[:-1] + b"X" + bytes(10),
        second(1, 0x11, bytes(12), version=1),
        second(2, 0x11, bytes(12)),
        second(15, 0, b""),
        second(1, 0x11, bytes(11)),
        second(1, 0x21, bytes(35)),
        second(1, 0x11, bytes(3000)),
    ],
)
def test_what_is_no_header(header: bytes) -> None:
    with pytest.raises(ProxyError):
        parse(header)


@given(st.one_of(st.binary(min_size=SECOND_HEAD), st.binary(min_size=10).map(lambda rest: SIGNATURE + rest)))
def test_garbage_is_refused_or_names_an_address(header: bytes) -> None:
    try:
        found = parse(header)
    except ProxyError:
        return
    if found is not None:
        socket.getaddrinfo(found, 1, flags=socket.AI_NUMERICHOST)


@given(st.binary(max_size=100))
def test_a_line_of_garbage(rest: bytes) -> None:
    try:
        found = parse_line(b"PROXY " + rest + b"\r\n")
    except ProxyError:
        return
    assert found is None or ip_address(found)
