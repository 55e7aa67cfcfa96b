"""One HTTP connection over real sockets and a virtual clock: deadlines, bodies, hanging up, draining."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
import trio
from msgspec.structs import replace
from trio.testing import MockClock

from chatd.config import Config, Gateway, Http
from chatd.http.connection import LINGER_SECONDS, HttpServer

CONFIG = Config(
    gateway=Gateway(handshake_seconds=10, max_head_bytes=4096),
    http=Http(send_seconds=30, keep_alive_seconds=60, max_connections=3),
)
PLAIN = b"GET /plain HTTP/1.1\r\nHost: x\r\n"
UNREAD = b"POST /held HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1\r\nx\r\n" * 50


class Served:
    """An application behind an `HttpServer`: /plain, /held (until `let_go`), /echo (the body), /huge and /broken."""

    def __init__(self) -> None:
        self.http = HttpServer(CONFIG, self._app)
        self.let_go = trio.Event()
        self.heard: list[str] = []
        self.clients: list[bytes] = []
        self._port = 0

    async def serve(self, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        (listener,) = await trio.open_tcp_listeners(0, host="127.0.0.1")
        self._port = listener.socket.getsockname()[1]
        task_status.started()
        await trio.serve_listeners(self._handle, [listener])

    async def open(self, first: bytes) -> trio.SocketStream:
        stream = await trio.open_tcp_stream("127.0.0.1", self._port)
        await stream.send_all(first)
        return stream

    async def _handle(self, stream: trio.SocketStream) -> None:
        async with stream:
            self.clients.append(await self.http.serve(stream, bytes(await stream.receive_some(1)), "127.0.0.1"))

    async def _app(self, scope: Any, receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Any]) -> None:
        path = scope["path"]
        body = b"fine"
        if path == "/held":
            await self.let_go.wait()
        elif path == "/echo":
            body = await self._body(receive)
        elif path == "/huge":
            body = bytes(100_000_000)
        elif path == "/broken":
            raise ValueError("a bug")
        headers = [(b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _body(self, receive: Callable[[], Awaitable[Any]]) -> bytes:
        body = b""
        while True:
            message = await receive()
            self.heard.append(message["type"])
            body += message.get("body", b"")
            if not message.get("more_body"):
                return body


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    async with trio.open_nursery() as nursery:
        found = Served()
        await nursery.start(found.serve)
        yield found
        nursery.cancel_scope.cancel()


async def rest(stream: trio.SocketStream) -> bytes:
    """Everything until the server hangs up; an hour of silence is too much."""
    data = b""
    with trio.fail_after(3600):
        async for part in stream:
            data += part
    return data


async def answer(stream: trio.SocketStream) -> bytes:
    """The next answer; its body is "fine"."""
    data = b""
    with trio.fail_after(3600):
        while not data.endswith(b"fine"):
            part = await stream.receive_some(4096)
            assert part, data
            data += part
    return data


async def gone(served: Served) -> None:
    """Wait until the server holds no connection."""
    with trio.fail_after(3600):
        while len(served.http):
            await trio.sleep(0.1)


async def test_requests_follow_each_other_until_the_connection_idles(served: Served, autojump_clock: MockClock) -> None:
    stream = await served.open(PLAIN + b"\r\n")
    await answer(stream)
    await trio.sleep(59)
    await stream.send_all(PLAIN + b"\r\n")
    await answer(stream)
    began = trio.current_time()
    assert await rest(stream) == b""
    assert trio.current_time() - began == pytest.approx(60, abs=1)


async def test_byte_by_byte(served: Served, autojump_clock: MockClock) -> None:
    stream = await served.open(b"P")
    for byte in b"OST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nfine" + PLAIN + b"\r\n":
        await stream.send_all(bytes([byte]))
    assert (await answer(stream)).startswith(b"HTTP/1.1 200 ")
    assert (await answer(stream)).startswith(b"HTTP/1.1 200 ")


async def test_pipelined_requests_are_answered_in_order(served: Served, autojump_clock: MockClock) -> None:
    held = PLAIN.replace(b"/plain", b"/held") + b"\r\n"
    bodies = b"".join(b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n%d" % n for n in range(9))
    stream = await served.open(held + bodies + PLAIN + b"Connection: close\r\n\r\n")
    await trio.sleep(100)
    served.let_go.set()
    answers = (await rest(stream)).split(b"HTTP/1.1 200 ")[1:]
    assert [each.split(b"\r\n\r\n", 1)[1] for each in answers] == [b"fine", *(b"%d" % n for n in range(9)), b"fine"]


async def test_a_head_that_does_not_end(served: Served, autojump_clock: MockClock) -> None:
    began = trio.current_time()
    assert (await rest(await served.open(PLAIN))).startswith(b"HTTP/1.1 408 ")
    assert trio.current_time() - began == pytest.approx(10, abs=1)


async def test_half_a_request_on_a_kept_alive_connection(served: Served, autojump_clock: MockClock) -> None:
    stream = await served.open(PLAIN + b"\r\n")
    await answer(stream)
    await stream.send_all(PLAIN)
    assert (await rest(stream)).startswith(b"HTTP/1.1 408 ")


async def test_a_client_comes_when_the_answer_before_is_out(served: Served, autojump_clock: MockClock) -> None:
    client = b"GET /connection/sse HTTP/1.1\r\nHost: x\r\n\r\n"
    stream = await served.open(PLAIN.replace(b"/plain", b"/held") + b"\r\n")
    await trio.sleep(100)
    for start in range(0, len(client), 10):
        await stream.send_all(client[start : start + 10])
        await trio.sleep(1)
    assert len(served.http) == 1
    served.let_go.set()
    assert (await rest(stream)).startswith(b"HTTP/1.1 200 ")
    assert served.clients == [client]


async def test_a_head_that_is_too_long(served: Served, autojump_clock: MockClock) -> None:
    assert (await rest(await served.open(PLAIN + b"X: y\r\n" * 1000))).startswith(b"HTTP/1.1 431 ")


async def test_a_body_that_drips_holds_nothing(served: Served, autojump_clock: MockClock) -> None:
    stream = await served.open(b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n")
    began = trio.current_time()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(_drip, stream)
        assert (await rest(stream)).startswith(b"HTTP/1.1 408 ")
        nursery.cancel_scope.cancel()
    assert trio.current_time() - began < 40
    await gone(served)
    assert served.heard[-1] == "http.disconnect"


async def _drip(stream: trio.SocketStream) -> None:
    while True:
        await trio.sleep(5)
        await stream.send_all(b"x")


async def test_a_body_that_is_steady_may_take_its_time(served: Served, autojump_clock: MockClock) -> None:
    stream = await served.open(b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 400004\r\n\r\n")
    for _ in range(100):
        await trio.sleep(2)
        await stream.send_all(b"x" * 4000)
    await stream.send_all(b"fine")
    assert (await answer(stream)).startswith(b"HTTP/1.1 200 ")


async def test_a_body_that_nobody_reads_blocks_nothing(served: Served, autojump_clock: MockClock) -> None:
    whole = await served.open(UNREAD + b"0\r\n\r\n" + PLAIN + b"\r\n")
    half = await served.open(UNREAD)
    await trio.sleep(1)
    served.let_go.set()
    for stream in (whole, half):
        assert (await rest(stream)).startswith(b"HTTP/1.1 200 ")
    await gone(served)


async def test_a_peer_that_takes_nothing_is_cut_off(served: Served, autojump_clock: MockClock) -> None:
    stream = await served.open(PLAIN.replace(b"plain", b"huge") + b"\r\n")
    await stream.receive_some(1)
    began = trio.current_time()
    await gone(served)
    assert trio.current_time() - began >= 30
    await stream.aclose()


async def test_a_peer_that_does_not_hang_up_is_left(served: Served, autojump_clock: MockClock) -> None:
    stream = await served.open(PLAIN + b"Connection: close\r\n\r\n")
    assert (await rest(stream)).endswith(b"fine")
    began = trio.current_time()
    await gone(served)
    assert trio.current_time() - began == pytest.approx(LINGER_SECONDS, abs=0.5)


async def test_a_bug_ends_one_request(
    served: Served, autojump_clock: MockClock, caplog: pytest.LogCaptureFixture
) -> None:
    other = await served.open(PLAIN + b"\r\n")
    await answer(other)
    stream = await served.open(PLAIN.replace(b"plain", b"broken") + b"\r\n")
    assert (await rest(stream)).startswith(b"HTTP/1.1 500 ")
    await other.send_all(PLAIN + b"\r\n")
    await answer(other)
    assert [record.message for record in caplog.records] == ["the application failed"]


async def test_no_room(served: Served, autojump_clock: MockClock) -> None:
    crowd = [await served.open(PLAIN + b"\r\n") for _ in range(3)]
    for stream in crowd:
        await answer(stream)
    assert b" 503 " in await rest(await served.open(b"G"))
    await crowd[0].aclose()
    await trio.sleep(1)
    await answer(await served.open(PLAIN + b"\r\n"))


@pytest.mark.parametrize(
    "first",
    [
        PLAIN + b"Connection: Upgrade, close\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\nx",
        b"GET http://elsewhere.example/plain HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    ],
)
async def test_what_is_no_plain_request_is_served_as_one(
    served: Served, autojump_clock: MockClock, first: bytes
) -> None:
    assert (await rest(await served.open(first))).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize(
    "first",
    [
        b"GET /plain\r\n\r\n",
        b"GET /plain HTTP/1.1\r\nNo colon\r\n\r\n",
        b"GET /plain HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        b"GET /pl\xc3\xa4in HTTP/1.1\r\nHost: x\r\n\r\n",
        b"POST /held HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"POST /held HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nno size\r\n",
        b"\x16\x03\x01\x00\xa5\x01\x00\r\n\r\n",
    ],
)
async def test_what_is_no_request_is_refused(served: Served, autojump_clock: MockClock, first: bytes) -> None:
    assert (await rest(await served.open(first))).startswith(b"HTTP/1.1 4")
    served.let_go.set()
    await gone(served)


async def test_draining_ends_what_is_idle_and_finishes_what_is_not(served: Served, autojump_clock: MockClock) -> None:
    idle = await served.open(PLAIN + b"\r\n")
    await answer(idle)
    held = await served.open(PLAIN.replace(b"plain", b"held") + b"\r\n")
    half = await served.open(PLAIN)
    await trio.sleep(1)
    began = trio.current_time()
    await served.http.drain()
    assert await rest(idle) + await rest(half) == b""
    assert trio.current_time() == pytest.approx(began, abs=0.5)
    served.let_go.set()
    assert (await rest(held)).endswith(b"fine")
    await gone(served)


def test_the_limits_are_those_of_the_configuration() -> None:
    config = replace(CONFIG, gateway=Gateway(max_head_bytes=2048))
    assert HttpServer(config, None).settings.h11_max_incomplete_size == 2048  # type: ignore[arg-type]
