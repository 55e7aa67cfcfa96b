"""Whom proxies may name, and that nobody else can name anybody."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
import trio
import trio.testing
import trustme
from hypothesis import given
from hypothesis import strategies as st

from chatd.gateway.proxies import Proxies, read_proxy_header
from chatd.wire.proxy_protocol import ProxyError
from tests.gateway.client import UPGRADE, Client
from tests.gateway.conftest import Running, Start

Begin = Callable[..., Awaitable["Crowd"]]

PROXIES = Proxies(["10.0.0.0/8", "192.0.2.7", "2001:db8::/32", "unix"])
LINE = b"PROXY TCP4 203.0.113.9 10.0.0.1 1 2\r\n"
SECOND = bytes.fromhex("0d0a0d0a000d0a515549540a2111000c") + socket.inet_aton("203.0.113.9") + bytes(4) + b"\0\1\0\2"
LOCAL = bytes.fromhex("0d0a0d0a000d0a515549540a20000000")


@pytest.mark.parametrize(
    ("address", "trusted"),
    [
        ("10.1.2.3", True),
        ("192.0.2.7", True),
        ("::ffff:10.1.2.3", True),
        ("2001:db8:1::1", True),
        ("", True),
        ("192.0.2.8", False),
        ("11.0.0.1", False),
        ("::ffff:11.0.0.1", False),
        ("2001:db9::1", False),
        ("fe80::1%eth0", False),
        ("unix", False),
        ("nonsense", False),
    ],
)
def test_who_is_a_proxy(address: str, trusted: bool) -> None:
    assert PROXIES.trusts(address) is trusted


def test_without_proxies_nobody_is_one() -> None:
    assert not any(map(Proxies([]).trusts, ["", "127.0.0.1", "::1", "10.0.0.1"]))


@pytest.mark.parametrize(
    ("forwarded", "client"),
    [
        ([], "10.0.0.1"),
        (["203.0.113.9"], "203.0.113.9"),
        (["1.2.3.4, 203.0.113.9"], "203.0.113.9"),
        (["1.2.3.4", "203.0.113.9"], "203.0.113.9"),
        (["203.0.113.9, 10.0.0.2,2001:db8::5"], "203.0.113.9"),
        (["203.0.113.9:4711, 10.0.0.2"], "203.0.113.9"),
        (["[2001:db9::1]:4711"], "2001:db9::1"),
        (["2001:DB9:0::1"], "2001:db9::1"),
        (["::ffff:203.0.113.9"], "203.0.113.9"),
        (["10.0.0.3, 10.0.0.2"], "10.0.0.3"),
        (["203.0.113.9, unknown, 10.0.0.2"], "10.0.0.2"),
        (["203.0.113.9, "], "10.0.0.1"),
        (["_hidden"], "10.0.0.1"),
        ([""], "10.0.0.1"),
        (["1.2.3.4," * 1000 + "203.0.113.9"], "203.0.113.9"),
        ([",".join(["10.0.0.2"] * 1000)], "10.0.0.2"),
    ],
)
def test_for_whom_a_proxy_asks(forwarded: list[str], client: str) -> None:
    assert PROXIES.client("10.0.0.1", forwarded) == client


@given(st.lists(st.text("0123456789abcdef.:,[] "), max_size=5))
def test_what_others_say_is_not_believed(forwarded: list[str]) -> None:
    assert PROXIES.client("203.0.113.1", forwarded) == "203.0.113.1"


@given(st.lists(st.text(), max_size=5), st.ip_addresses(v=4).map(str))
def test_a_client_cannot_choose_what_a_proxy_adds(said: list[str], client: str) -> None:
    """Whatever it sends itself, the proxy's word comes last."""
    if not PROXIES.trusts(client):
        assert PROXIES.client("", [*said, client]) == client


async def header_of(*parts: bytes) -> tuple[str | None, bytes]:
    """Read a header that arrives in parts, then the peer ends; the address, and what was left."""
    ours, theirs = socket.socketpair()
    ours_async, peer = trio.socket.from_stdlib_socket(ours), trio.socket.from_stdlib_socket(theirs)
    with ours_async, peer:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(_say, peer, parts)
            address = await read_proxy_header(ours_async)
            left = b""
            while part := await ours_async.recv(1000):
                left += part
    return address, left


async def _say(peer: trio.socket.SocketType, parts: tuple[bytes, ...]) -> None:
    for part in parts:
        await peer.send(part)
        await trio.testing.wait_all_tasks_blocked()
    peer.shutdown(socket.SHUT_WR)


@pytest.mark.parametrize(
    ("header", "address"),
    [(LINE, "203.0.113.9"), (SECOND, "203.0.113.9"), (LOCAL, None), (b"PROXY UNKNOWN\r\n", None)],
)
@pytest.mark.parametrize("size", [1, 14, 15, 16, 17, 1000])
async def test_not_a_byte_more_is_read(header: bytes, address: str | None, size: int) -> None:
    whole = header + b"\x16\x03after\n" * 30
    parts = [whole[start : start + size] for start in range(0, len(header) + 20, size)]
    said = b"".join(parts)
    assert await header_of(*parts) == (address, said.removeprefix(header))


@pytest.mark.parametrize("header", [LINE, SECOND])
async def test_a_header_that_is_cut_short(header: bytes) -> None:
    for size in range(1, len(header)):
        with pytest.RaisesGroup(ProxyError):
            await header_of(header[:size])


async def test_a_line_without_end_and_a_peer_without_a_word() -> None:
    with pytest.RaisesGroup(ProxyError):
        await header_of(b"PROXY TCP4 " + b"1" * 200)
    with pytest.RaisesGroup(trio.BrokenResourceError):
        await header_of()


class Crowd:
    """Connections to one server, which stay."""

    def __init__(self, running: Running) -> None:
        self.port = running.port
        self._clients: list[Client] = []

    async def status(self, said: bytes, source: str = "127.0.0.1") -> bytes:
        """The status of the answer to a new connection; empty when there is none."""
        stream = await trio.open_tcp_stream("127.0.0.1", self.port, local_address=source)
        return await self.answer(Client(stream), said)

    async def answer(self, client: Client, said: bytes) -> bytes:
        self._clients.append(client)
        await client.send(said)
        try:
            return (await client.head())[9:12]
        except EOFError:
            return b""


@pytest.fixture
async def crowd(start: Start) -> Begin:
    async def begin(handshake_seconds: float = 30, **server: Any) -> Crowd:
        options = {"proxies": ("127.0.0.1",), **server}
        return Crowd(await start(server=options, max_connections_per_address=1, handshake_seconds=handshake_seconds))

    return begin


def upgrade_for(*forwarded: str) -> bytes:
    return UPGRADE + b"".join(b"X-Forwarded-For: %b\r\n" % each.encode() for each in forwarded) + b"\r\n"


async def test_clients_of_a_proxy_are_counted_by_their_own_addresses(crowd: Begin) -> None:
    found = await crowd()
    assert await found.status(upgrade_for("203.0.113.9")) == b"101"
    assert await found.status(upgrade_for("203.0.113.9")) == b"429"
    assert await found.status(upgrade_for("203.0.113.10", "203.0.113.9")) == b"429"
    assert await found.status(upgrade_for("203.0.113.10")) == b"101"
    assert await found.status(upgrade_for("2001:db8::1")) == b"101"
    assert await found.status(upgrade_for("2001:db8::2")) == b"429"
    assert await found.status(upgrade_for("2001:db8:0:1::1")) == b"101"
    # The proxy itself is not.
    assert [await found.status(upgrade_for()) for _ in range(3)] == [b"101"] * 3


async def test_who_is_no_proxy_is_not_believed(crowd: Begin) -> None:
    found = await crowd()
    assert await found.status(upgrade_for("203.0.113.9"), "127.0.0.9") == b"101"
    assert await found.status(upgrade_for("203.0.113.10"), "127.0.0.9") == b"429"
    assert await found.status(upgrade_for("203.0.113.9")) == b"101"


async def test_proxy_headers(crowd: Begin) -> None:
    found = await crowd(proxy_protocol=True)
    assert await found.status(LINE + upgrade_for()) == b"101"
    assert await found.status(SECOND + upgrade_for()) == b"429"
    assert await found.status(LINE.replace(b".9 ", b".10 ") + upgrade_for("203.0.113.99")) == b"101"
    assert [await found.status(LOCAL + upgrade_for()) for _ in range(2)] == [b"101"] * 2
    # Others may connect without; what they send is no header.
    assert await found.status(upgrade_for(), "127.0.0.9") == b"101"
    assert await found.status(LINE + upgrade_for(), "127.0.0.8") == b"400"


async def test_a_proxy_that_names_another_proxy_which_names_a_client(crowd: Begin) -> None:
    found = await crowd(proxies=("127.0.0.1", "10.0.0.0/8"), proxy_protocol=True)
    said = b"PROXY TCP4 10.0.0.7 10.0.0.1 1 2\r\n" + upgrade_for("203.0.113.9")
    assert await found.status(said) == b"101"
    assert await found.status(said) == b"429"
    assert await found.status(LINE + upgrade_for()) == b"429"


async def test_a_proxy_without_a_header_is_hung_up_on(crowd: Begin) -> None:
    found = await crowd(handshake_seconds=2, proxy_protocol=True)
    async with trio.open_nursery() as nursery:
        for said in (b"", b"P", LINE[:-1], SECOND[:20], UPGRADE + b"\r\n", b"PROXY TCP4 x\r\n" * 3):
            nursery.start_soon(_is_hung_up_on, found, said)
    assert await found.status(LINE + upgrade_for()) == b"101"


async def _is_hung_up_on(crowd: Crowd, said: bytes) -> None:
    assert await crowd.status(said) in (b"", b"408")


async def test_the_header_comes_before_tls(crowd: Begin) -> None:
    authority = trustme.CA()
    with authority.issue_cert("localhost").private_key_and_cert_chain_pem.tempfile() as path:
        found = await crowd(tls_certificate=path, tls_key=path, proxy_protocol=True)
    context = ssl.create_default_context()
    authority.configure_trust(context)
    for answer in (b"101", b"429"):
        raw = await trio.open_tcp_stream("127.0.0.1", found.port)
        await raw.send_all(LINE)
        client = Client(trio.SSLStream(raw, context, server_hostname="localhost"))
        assert await found.answer(client, upgrade_for()) == answer
