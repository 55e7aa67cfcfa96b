"""Who may connect: counts that always return to nothing, and refusals that can be read."""

from __future__ import annotations

import logging
import random
import socket
import ssl
import struct
from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
import trio
import trio.testing
import trustme
from hypothesis import given, settings
from hypothesis import strategies as st

from chatd import server
from chatd.config import Config, Gateway, Server
from chatd.gateway.admission import Admission, may_connect
from chatd.gateway.counters import Counters
from chatd.gateway.proxies import Proxies
from chatd.wire.handshake import HandshakeError
from tests.gateway.client import PATIENCE_SECONDS, UPGRADE, Client, masked
from tests.gateway.conftest import Start

AUTHORITY = trustme.CA()
TRUSTING, DISTRUSTING = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
AUTHORITY.configure_trust(TRUSTING)
HEALTH = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
STREAM = b"POST /connection/http_stream HTTP/1.1\r\nHost: x\r\nContent-Length: "
LIMIT = 3


def admission(**gateway: Any) -> Admission:
    return Admission(Config(gateway=Gateway(**gateway)), Counters(), Proxies(["10.0.0.0/8"]))


@settings(max_examples=30)
@given(st.lists(st.tuples(st.ip_addresses().map(str), st.integers(1, 5)), max_size=20), st.randoms())
def test_counts_return_to_nothing(visits: list[tuple[str, int]], chance: random.Random) -> None:
    found = admission()
    inside = [address for address, count in visits for _ in range(count)]
    for address in inside:
        found.enter(address)
    chance.shuffle(inside)
    for address in inside:
        found.leave(address)
    assert found._addresses == {}


@given(st.ip_addresses(v=6), st.ip_addresses(v=6))
def test_a_network_of_64_bits_is_one_address(one: Any, other: Any) -> None:
    if one.ipv4_mapped or other.ipv4_mapped:
        return
    found = admission(max_connections_per_address=1)
    found.enter(str(one))
    found.enter(str(other))
    is_same = one.packed[:8] == other.packed[:8]
    assert is_refused(found, str(one)) is is_same
    neighbour = str(ip_address(other.packed[:8] + one.packed[8:]))
    found.enter(neighbour)
    assert is_refused(found, neighbour)


def test_an_ipv4_address_in_ipv6_is_that_address() -> None:
    found = admission(max_connections_per_address=1)
    found.enter("203.0.113.9")
    found.enter("::ffff:203.0.113.10")
    assert not is_refused(found, "203.0.113.9")
    found.enter("::ffff:203.0.113.9")
    assert is_refused(found, "203.0.113.9")


def is_refused(found: Admission, address: str) -> bool:
    try:
        found.check_address(address)
    except HandshakeError as error:
        return error.status == 429
    return False


def test_proxies_and_nobody_are_not_counted() -> None:
    found = admission(max_connections_per_address=1)
    for address in ("10.1.2.3", "") * 10:
        found.enter(address)
        found.check_address(address)


@pytest.mark.parametrize(
    ("origin", "host", "allowed"),
    [
        ("https://chat.example", "chat.example", True),
        ("http://chat.example:8000", "chat.example:8000", True),
        ("https://public.example", "inside:8000", True),
        ("https://friend.example", "x", True),
        ("https://friend.example.evil.example", "x", False),
        ("https://evil.example", "chat.example", False),
        ("https://chat.example", "chat.example:8000", False),
        ("https://chat.example@evil.example", "chat.example", False),
        ("null", "x", False),
        ("null", "", False),
        ("", "", False),
        ("https://[", "[", False),
        ("file://", "", False),
    ],
)
def test_which_pages_may_connect(origin: str, host: str, allowed: bool) -> None:
    named = Server(public_url="https://public.example", allowed_origins=("https://friend.example",))
    assert may_connect(origin, host, Config(server=named)) is allowed
    assert may_connect(origin, host, Config(server=Server(allowed_origins=("*",))))


async def status(port: int, said: bytes = UPGRADE + b"\r\n") -> tuple[bytes, bool]:
    """The status of the answer to a new connection, and whether it says when to come back."""
    client = await Client.open(port)
    await client.send(said)
    head = await client.head()
    return head[9:12], b"\r\nRetry-After: " in head


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The admission and the counters of the server that the test starts."""
    found: dict[str, Any] = {}

    def build(config: Config, counters: Counters, proxies: Proxies) -> Admission:
        found["counters"], found["admission"] = counters, Admission(config, counters, proxies)
        made: Admission = found["admission"]
        return made

    monkeypatch.setattr(server, "Admission", build)
    return found


async def test_a_server_that_is_late_full_or_stopping_sends_clients_away(start: Start, parts: dict[str, Any]) -> None:
    running = await start(max_connections=2, max_lag_seconds=50, authentication_seconds=30)
    here = [await Client.upgraded(running.port)]
    assert await status(running.port, STREAM + b"2\r\n\r\n{}") == (b"200", False)
    parts["counters"].lag.now = 51
    assert await status(running.port) == (b"503", True)
    assert await status(running.port, HEALTH) == (b"200", False)
    parts["counters"].lag.now = 0
    parts["admission"].draining = True
    assert await status(running.port) == (b"503", True)
    parts["admission"].draining = False
    here.append(await Client.upgraded(running.port))
    assert await status(running.port) == (b"503", True)
    assert await status(running.port, STREAM + b"2\r\n\r\n{}") == (b"503", True)
    await here[0].stream.aclose()
    await nobody_is_left(parts, {"counters": 1})
    here.append(await Client.upgraded(running.port))


async def nobody_is_left(parts: dict[str, Any], but: dict[str, int] | None = None) -> None:
    """Wait until no connection is counted."""
    with trio.fail_after(PATIENCE_SECONDS):
        while parts["counters"].connections > (but or {}).get("counters", 0):
            await trio.sleep(0.01)
        while not but and parts["admission"]._addresses:
            await trio.sleep(0.01)


async def test_too_many_who_say_nothing(start: Start) -> None:
    running = await start(max_handshakes=3, handshake_seconds=30)
    silent = [await Client.open(running.port) for _ in range(3)]
    await trio.testing.wait_all_tasks_blocked(0.01)
    assert await status(running.port) == (b"503", True)
    await silent[0].stream.aclose()
    with trio.fail_after(PATIENCE_SECONDS):
        while (await status(running.port))[0] != b"101":
            pass


async def test_too_many_of_one_address(start: Start, parts: dict[str, Any]) -> None:
    """Of any kind: clients, idle HTTP, and who says nothing."""
    running = await start(server={"proxies": ()}, max_connections_per_address=LIMIT, handshake_seconds=30)
    crowd = [await Client.upgraded(running.port), await Client.open(running.port), await Client.open(running.port)]
    await crowd[1].send(HEALTH)
    await crowd[1].head()
    for said in (UPGRADE + b"\r\n", HEALTH, b"", STREAM):
        assert await status(running.port, said) == (b"429", True)
    for client in crowd:
        await client.stream.aclose()
    await nobody_is_left(parts)
    assert (await status(running.port))[0] == b"101"


Ending = Callable[[Client, random.Random], Awaitable[None]]


def request(chance: random.Random) -> bytes:
    """A handshake, behind proxies or not, from a page that may connect or not."""
    head = UPGRADE
    if chance.random() < 0.6:
        head += b"X-Forwarded-For: 203.0.113.%d, 127.0.0.1\r\n" % chance.randrange(3)
    if chance.random() < 0.2:
        head += b"Origin: https://evil.example\r\n"
    return head + b"\r\n"


async def hang_up(client: Client, chance: random.Random) -> None:
    await client.send(request(chance)[: chance.choice([0, 3, 60, None])])
    if chance.random() < 0.5:
        await client.head()


async def reset(client: Client, chance: random.Random) -> None:
    raw = getattr(client.stream, "transport_stream", client.stream)
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    await client.send(request(chance))


async def wait_for_the_end(client: Client, chance: random.Random) -> None:
    await client.send(request(chance)[: chance.choice([3, 60, None])])
    await client.rest()


async def be_wrong(client: Client, chance: random.Random) -> None:
    await client.send(request(chance))
    await client.head()
    await client.send(chance.choice([masked(1, b"not json"), masked(8, b""), b"\xff" * 50]))
    if chance.random() < 0.5:
        await client.rest()


async def ask(client: Client, chance: random.Random) -> None:
    await client.send(HEALTH)
    await client.head()
    await client.body(15)
    await chance.choice([hang_up, be_wrong, wait_for_the_end])(client, chance)


async def read_a_stream(client: Client, chance: random.Random) -> None:
    forwarded = b"\r\nX-Forwarded-For: 203.0.113.%d" % chance.randrange(3)
    body = chance.choice([b"{}", b'{"id":1,"connect":{"token":"no"}}', b"x" * 70_000])
    await client.send(STREAM + str(len(body)).encode() + forwarded + b"\r\n\r\n" + body)
    if chance.random() < 0.5:
        await client.rest()


ENDINGS: list[Ending] = [hang_up, reset, wait_for_the_end, be_wrong, ask, read_a_stream]


@pytest.mark.parametrize("proxied", [False, True], ids=["plain", "a PROXY header and TLS"])
async def test_however_connections_end_nothing_of_them_stays_counted(
    start: Start, parts: dict[str, Any], tmp_path: Path, caplog: pytest.LogCaptureFixture, proxied: bool
) -> None:
    options: dict[str, Any] = {"proxies": ("127.0.0.1",), "proxy_protocol": proxied}
    if proxied:
        AUTHORITY.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(str(tmp_path / "tls.pem"))
        options |= {"tls_certificate": str(tmp_path / "tls.pem"), "tls_key": str(tmp_path / "tls.pem")}
    limits = {
        "handshake_seconds": 0.5,
        "authentication_seconds": 0.5,
        "close_seconds": 0.5,
        "max_connections_per_address": 12,
    }
    running = await start(server=options, http={"send_seconds": 1, "keep_alive_seconds": 2}, **limits)
    chance = random.Random(proxied)
    async with trio.open_nursery() as nursery:
        for _ in range(100):
            nursery.start_soon(visit, running.port, proxied, random.Random(chance.random()))
            await trio.sleep(0.01)
    await nobody_is_left(parts)
    assert parts["counters"].accepted > 10
    assert parts["counters"].refused > 10
    assert [record.message for record in caplog.records if record.levelno >= logging.ERROR] == []


async def visit(port: int, proxied: bool, chance: random.Random) -> None:
    """One connection, from its beginning to some end."""
    source = chance.choice(["127.0.0.1", "127.0.0.9"])
    stream: Any = await trio.open_tcp_stream("127.0.0.1", port, local_address=source)
    try:
        async with stream:
            if proxied and source == "127.0.0.1":
                line = b"PROXY TCP4 %b 127.0.0.1 1 2\r\n" % chance.choice(
                    [b"203.0.113.1", b"203.0.113.2", b"127.0.0.1"]
                )
                await stream.send_all(line[: 20 if chance.random() < 0.1 else None])
            if proxied and chance.random() < 0.9:
                context = chance.choice([*[TRUSTING] * 9, DISTRUSTING])
                stream = trio.SSLStream(stream, context, server_hostname="localhost", https_compatible=True)
            await chance.choice(ENDINGS)(Client(stream), chance)
    except (trio.BrokenResourceError, EOFError):
        return
