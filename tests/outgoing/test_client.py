"""The client against servers and names that mean ill."""

from __future__ import annotations

import ssl
from collections.abc import Sequence
from typing import Any

import pytest
import trio
import trio.testing
import trustme
from trio.abc import Stream

from chatd.errors import OutgoingFailed, OutgoingRefused
from chatd.outgoing.client import Answer, Client, Request
from tests.outgoing.internet import OTHER, PUBLIC, Internet, Serve, moved, page, sends

LIMIT = 64 * 1024
LOOPBACK = "127.0.0.1"


class Asking:
    """A client in an internet."""

    def __init__(self, nursery: trio.Nursery, names: dict[str, Sequence[Any]], servers: dict[str, Serve]) -> None:
        self.internet = Internet(nursery, names, servers)
        self.client = Client(self.internet, 10)

    async def get(self, url: str, limit: int = LIMIT) -> Answer:
        return await self.client.get(Request(url, limit))


async def test_a_page_is_asked_for_with_no_more_than_is_needed(nursery: trio.Nursery) -> None:
    asking = Asking(nursery, {"example.org": [PUBLIC]}, {PUBLIC: page("hello")})
    answer = await asking.get("http://example.org/a?b=c#d")
    assert (answer.url, answer.status, answer.body) == ("http://example.org/a?b=c", 200, b"hello")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    head = asking.internet.requests[0].decode().split("\r\n")
    assert head[0] == "GET /a?b=c HTTP/1.1"
    assert {line.partition(":")[0].lower() for line in head[1:] if line} == {
        *("host", "user-agent", "accept-encoding", "connection"),
    }
    assert asking.internet.dialled == [(PUBLIC, 80)]


async def test_what_is_told_is_told_once_and_to_nobody_else(nursery: trio.Nursery) -> None:
    asking = Asking(nursery, {"example.org": [PUBLIC]}, {PUBLIC: moved("http://example.org/elsewhere")})
    request = Request("http://example.org/hook", LIMIT, (("Content-Type", "application/json"),), b'{"a": 1}')
    answer = await asking.client.post(request)
    assert (answer.status, answer.url) == (302, "http://example.org/hook")
    head, _, body = b"".join(asking.internet.requests).decode().partition("\r\n\r\n")
    assert head.startswith("POST /hook HTTP/1.1\r\n")
    assert "Content-Length: 8" in head
    assert "Content-Type: application/json" in head
    assert body == '{"a": 1}'
    assert asking.internet.dialled == [(PUBLIC, 80)]


async def test_only_the_very_origin_that_an_operator_has_named_may_be_inside(nursery: trio.Nursery) -> None:
    servers = {LOOPBACK: page("ours"), "10.0.0.5": page("ours too")}
    internet = Internet(nursery, {"neighbour": ["10.0.0.5"]}, servers)
    client = Client(internet, 10, trusted={"http://127.0.0.1:9000", "http://neighbour"})
    answer = await client.get(Request("http://127.0.0.1:9000/a", LIMIT))
    assert (answer.url, answer.body) == ("http://127.0.0.1:9000/a", b"ours")
    assert b"Host: 127.0.0.1:9000\r\n" in internet.requests[0]
    assert (await client.post(Request("http://neighbour/", LIMIT, body=b"x"))).body == b"ours too"
    assert internet.dialled == [(LOOPBACK, 9000), ("10.0.0.5", 80)]
    for url in ("http://127.0.0.1:9001/", "http://127.0.0.1/", "https://127.0.0.1:9000/", "http://neighbour:81/"):
        with pytest.raises(OutgoingRefused):
            await client.get(Request(url, LIMIT))
    assert len(internet.dialled) == 2


@pytest.mark.parametrize("address", [LOOPBACK, "169.254.169.254", "10.1.2.3", "::1", "::ffff:127.0.0.1", "fd00::1"])
async def test_names_that_lead_inside_are_not_asked(nursery: trio.Nursery, address: str) -> None:
    asking = Asking(nursery, {"inside.example": [address]}, {address: page("secret")})
    with pytest.raises(OutgoingRefused):
        await asking.get("http://inside.example/")
    assert asking.internet.dialled == []


async def test_one_address_inside_among_others_is_enough(nursery: trio.Nursery) -> None:
    asking = Asking(nursery, {"mixed.example": [[PUBLIC, LOOPBACK]]}, {PUBLIC: page("fine")})
    with pytest.raises(OutgoingRefused):
        await asking.get("http://mixed.example/")
    assert asking.internet.dialled == []


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://[::1]/", "http://169.254.169.254/latest/meta-data/"])
async def test_addresses_inside_are_not_asked(nursery: trio.Nursery, url: str) -> None:
    host = url.split("/")[2].strip("[]")
    asking = Asking(nursery, {host: [host]}, {host: page("secret")})
    with pytest.raises(OutgoingRefused):
        await asking.get(url)
    assert asking.internet.dialled == []


async def test_a_name_that_changes_its_mind_is_asked_where_it_was_checked(nursery: trio.Nursery) -> None:
    """DNS rebinding: the first answer is public, the next one is not."""
    asking = Asking(nursery, {"rebinding.example": [PUBLIC, LOOPBACK]}, {PUBLIC: page("public"), LOOPBACK: page("no")})
    assert (await asking.get("http://rebinding.example/")).body == b"public"
    assert asking.internet.dialled == [(PUBLIC, 80)]
    with pytest.raises(OutgoingRefused):
        await asking.get("http://rebinding.example/")
    assert asking.internet.dialled == [(PUBLIC, 80)]


@pytest.mark.parametrize(
    "location",
    [
        *("http://127.0.0.1/", "http://inside.example/", "http://example.org:6379/", "file:///etc/passwd"),
        *("//localhost/", "http://[::1]/", "gopher://example.org/", "http://2130706433/", "http://[bad"),
    ],
)
async def test_redirects_lead_nowhere_else(nursery: trio.Nursery, location: str) -> None:
    names: dict[str, Sequence[Any]] = {"example.org": [PUBLIC], "inside.example": [LOOPBACK]}
    asking = Asking(nursery, names, {PUBLIC: moved(location), LOOPBACK: page("secret"), "::1": page("secret")})
    with pytest.raises(OutgoingRefused):
        await asking.get("http://example.org/")
    assert asking.internet.dialled == [(PUBLIC, 80)]


async def test_a_redirect_is_resolved_and_checked_anew(nursery: trio.Nursery) -> None:
    """The same name, public for the first request and inside for the one it leads to."""
    asking = Asking(nursery, {"example.org": [PUBLIC, LOOPBACK]}, {PUBLIC: moved("/next"), LOOPBACK: page("secret")})
    with pytest.raises(OutgoingRefused):
        await asking.get("http://example.org/")
    assert asking.internet.dialled == [(PUBLIC, 80)]


async def test_redirects_end(nursery: trio.Nursery) -> None:
    names = {"example.org": [PUBLIC], "other.example": [OTHER]}
    asking = Asking(nursery, names, {PUBLIC: moved("http://other.example/b"), OTHER: page("there")})
    assert (await asking.get("http://example.org/a")).url == "http://other.example/b"
    asking = Asking(nursery, names, {PUBLIC: moved("/again")})
    with pytest.raises(OutgoingFailed, match="redirects"):
        await asking.get("http://example.org/")
    assert len(asking.internet.dialled) == 4


async def test_the_next_address_is_tried(nursery: trio.Nursery) -> None:
    asking = Asking(nursery, {"example.org": [[PUBLIC, OTHER]]}, {OTHER: page("second")})
    assert (await asking.get("http://example.org/")).body == b"second"
    assert asking.internet.dialled == [(PUBLIC, 80), (OTHER, 80)]


async def endless(stream: Stream) -> None:
    await stream.receive_some(65536)
    await stream.send_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:
        await stream.send_all(b"x" * 10_000)


async def test_of_a_huge_body_the_beginning_is_read(nursery: trio.Nursery) -> None:
    asking = Asking(nursery, {"example.org": [PUBLIC]}, {PUBLIC: endless})
    assert (await asking.get("http://example.org/", 25_000)).body == b"x" * 25_000


async def dripping(stream: Stream) -> None:
    await stream.receive_some(65536)
    await stream.send_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n")
    while True:
        await trio.sleep(1)
        await stream.send_all(b"x")


async def silent(stream: Stream) -> None:
    await trio.sleep_forever()


@pytest.mark.parametrize("serve", [dripping, silent])
async def test_a_slow_answer_is_given_up(
    nursery: trio.Nursery, autojump_clock: trio.testing.MockClock, serve: Serve
) -> None:
    asking = Asking(nursery, {"example.org": [PUBLIC]}, {PUBLIC: serve})
    with pytest.raises(OutgoingFailed, match="10 seconds"):
        await asking.get("http://example.org/")
    assert trio.current_time() == pytest.approx(10)
    nursery.cancel_scope.cancel()


@pytest.mark.parametrize(
    "raw",
    [
        *(b"", b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n", b"HTTP/1.1 200 OK\r\n"),
        b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 100_000,
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\n\x1f\x8b\x08",
    ],
)
async def test_what_is_no_answer(nursery: trio.Nursery, raw: bytes) -> None:
    asking = Asking(nursery, {"example.org": [PUBLIC]}, {PUBLIC: sends(raw)})
    with pytest.raises(OutgoingFailed):
        await asking.get("http://example.org/")


async def test_hosts_that_are_not_there(nursery: trio.Nursery) -> None:
    asking = Asking(nursery, {"example.org": [PUBLIC], "empty.example": [[]]}, {})
    for host in ("example.org", "empty.example", "unknown.example"):
        with pytest.raises(OutgoingFailed):
            await asking.get(f"http://{host}/")


@pytest.mark.parametrize("name", ["example.org", "another.example"])
async def test_https_is_of_the_name_that_was_asked_for(nursery: trio.Nursery, name: str) -> None:
    authority = trustme.CA()
    there, here = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH), ssl.create_default_context()
    authority.issue_cert(name).configure_cert(there)
    authority.configure_trust(here)

    async def serve(stream: Stream) -> None:
        await page("hello")(trio.SSLStream(stream, there, server_side=True))

    asking = Asking(nursery, {"example.org": [PUBLIC]}, {PUBLIC: serve})
    asking.client = Client(asking.internet, 10, here)
    if name == "example.org":
        assert (await asking.get("https://example.org/")).body == b"hello"
        assert asking.internet.dialled == [(PUBLIC, 443)]
    else:
        with pytest.raises(OutgoingFailed):
            await asking.get("https://example.org/")


async def test_the_network_itself(nursery: trio.Nursery) -> None:
    """On the loopback, of which the guard would have nothing."""
    from chatd.outgoing.network import Network

    (listener,) = await trio.open_tcp_listeners(0, host="127.0.0.1")
    port = listener.socket.getsockname()[1]
    nursery.start_soon(trio.serve_listeners, sends(b"hello"), [listener])
    network = Network()
    assert await network.resolve("127.0.0.1", port) == ["127.0.0.1"]
    stream = await network.connect("127.0.0.1", port)
    await stream.send_all(b"?")
    assert await stream.receive_some(5) == b"hello"
    await stream.aclose()
    nursery.cancel_scope.cancel()
    with pytest.raises(OutgoingRefused):
        await Client(network, 10).get(Request(f"http://localhost:{port}/", 10))
