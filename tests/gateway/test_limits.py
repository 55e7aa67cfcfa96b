"""Limits on time and room: each has its code, and costs nobody else anything."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest
import trio
from trio.testing import MockClock

from chatd import ids, server
from chatd.config import Config, Gateway, Server
from chatd.gateway.connection import Connection, State
from chatd.gateway.liveness import GRACE_MS, Liveness
from chatd.http.connection import HttpServer
from chatd.store.store import Store
from chatd.wire import codes
from chatd.wire.codecs import WEBSOCKET_JSON
from chatd.wire.frames import CLOSE, TEXT, encode_frame
from tests.gateway.client import UPGRADE, Client, masked
from tests.gateway.conftest import Running, Start
from tests.gateway.loopback import Loopback, calls

TIMES = Gateway(ping_seconds=25, pong_seconds=8, authentication_seconds=10, close_seconds=5)
YEAR_MS = 365 * 86_400_000


class Living(Loopback):
    """A loopback whose connections are looked after."""

    def __init__(self) -> None:
        super().__init__()
        self.liveness = Liveness(TIMES, self.poller)

    def leave(self, connection: Connection) -> None:
        super().leave(connection)
        self.liveness.closing(connection)

    def open(self, expires_at: int = 0) -> tuple[Connection, Client]:
        """A connection that has just logged in."""
        connection, client = self.park()
        connection.expires_at = expires_at or ids.now_ms() + YEAR_MS
        self.liveness.opened(connection)
        return connection, client


@pytest.fixture
def clock(autojump_clock: MockClock, monkeypatch: pytest.MonkeyPatch) -> MockClock:
    """Tokens expire by the same virtual clock."""
    monkeypatch.setattr(ids, "now_ms", lambda: round(autojump_clock.current_time() * 1000))
    return autojump_clock


async def seconds_until(client: Client, code: int) -> float:
    """How long it takes until a client is closed with a code; an hour is too long."""
    began = trio.current_time()
    with trio.fail_after(3600):
        while True:
            opcode, payload = await client.frame()
            if opcode == CLOSE:
                assert int.from_bytes(payload[:2], "big") == code
                return trio.current_time() - began


async def test_who_does_not_log_in_is_stale(clock: MockClock) -> None:
    loop = Living()
    connection, client = loop.park()
    connection.state = State.NEW
    loop.liveness.parked(connection)
    async with loop.running(), trio.open_nursery() as nursery:
        nursery.start_soon(loop.liveness.watch_forever)
        assert await seconds_until(client, 3502) == pytest.approx(10, abs=1.5)
        nursery.cancel_scope.cancel()


async def test_a_peer_that_is_gone_without_a_word_is_found(clock: MockClock) -> None:
    """Half open: nothing is ever answered. It is pinged within 25 seconds and has 8 to answer."""
    loop = Living()
    crowd = [loop.open() for _ in range(20)]
    async with loop.running(), trio.open_nursery() as nursery:
        nursery.start_soon(loop.liveness.watch_forever)
        waited = [await seconds_until(client, 3012) for _, client in crowd]
        assert max(waited) < 25 + 8 + 2
        began = trio.current_time()
        while loop.counters.connections:
            await trio.sleep(0.5)
        assert trio.current_time() - began <= 5 + 2
        nursery.cancel_scope.cancel()
    assert loop.counters.closed == {3012: 20}


@pytest.mark.parametrize("answer", [masked(TEXT, b"{}"), masked(TEXT, b'{"send":{}}'), masked(0xA, b"")])
async def test_any_sign_of_life_is_one(clock: MockClock, answer: bytes) -> None:
    loop = Living()
    connection, client = loop.open()
    pings = 0
    async with loop.running(), trio.open_nursery() as nursery:
        nursery.start_soon(loop.liveness.watch_forever)
        while trio.current_time() < 1000:
            assert await client.frame() == (TEXT, b"{}")
            pings += 1
            await trio.sleep(7)
            await client.send(answer)
        assert connection.state is State.OPEN
        nursery.cancel_scope.cancel()
    assert pings == pytest.approx(1000 / 25, abs=3)


async def test_a_token_that_is_not_renewed_ends_the_connection_after_some_grace(clock: MockClock) -> None:
    loop = Living()
    _, client = loop.open(expires_at=ids.now_ms() + 100_000)
    renewed, other = loop.open(expires_at=ids.now_ms() + 100_000)
    async with loop.running(), trio.open_nursery() as nursery:
        nursery.start_soon(loop.liveness.watch_forever)
        nursery.start_soon(_answer_pings, other)
        nursery.start_soon(_renew, renewed)
        async with trio.open_nursery() as answering:
            answering.start_soon(_answer_pings_until, client, 3005)
        assert trio.current_time() == pytest.approx((100_000 + GRACE_MS) / 1000, abs=2)
        await trio.sleep(500)
        assert renewed.state is State.OPEN
        nursery.cancel_scope.cancel()


async def _renew(connection: Connection) -> None:
    await trio.sleep(110)
    connection.expires_at += YEAR_MS


async def _answer_pings(client: Client) -> None:
    await _answer_pings_until(client, 0)


async def _answer_pings_until(client: Client, code: int) -> None:
    while True:
        opcode, payload = await client.frame()
        if opcode == CLOSE:
            assert int.from_bytes(payload[:2], "big") == code
            return
        await client.send(masked(TEXT, b"{}"))


async def test_messages_that_have_come_in_part_are_bounded_together() -> None:
    loop = Loopback(total_backlog_limit=3 * 65_536)
    whole = calls((1, "x" * 40))
    parked = [loop.park() for _ in range(5)]
    async with loop.running():
        for _, client in parked[:4]:
            await client.send(whole[:20])
            await trio.testing.wait_all_tasks_blocked()
        assert await parked[3][1].closed() == 3008
        await parked[0][1].send(whole[20:])
        assert (await parked[0][1].push())["id"] == 1
        await parked[1][1].stream.aclose()
        for _, client in (parked[0], parked[4]):
            await client.send(whole[:20])
            await trio.testing.wait_all_tasks_blocked()
            await client.send(whole[20:])
            assert (await client.push())["id"] == 1
        assert [connection.state for connection, _ in parked[:3]] == [State.OPEN, State.CLOSED, State.OPEN]


async def test_who_needs_more_than_is_left_for_all_is_closed_and_the_others_live_on() -> None:
    loop = Loopback(backlog_limit=2**30, total_backlog_limit=200_000)
    (modest, reader), (greedy, slow), (third, other) = (loop.park() for _ in range(3))
    for connection in (modest, greedy):
        while connection.unsent is None:
            loop.poller.owe(connection, encode_frame(TEXT, b"x" * 4000))
            loop.poller.flush(1)
    sent = 0
    while greedy.state is State.OPEN:
        loop.poller.owe(greedy, encode_frame(TEXT, b"y" * 4000))
        loop.poller.flush(1)
        sent += 1
    assert 10 < sent <= 60
    assert modest.state is third.state is State.OPEN
    assert loop.counters.backlog_bytes <= 200_000 + 100
    assert loop.gone == [greedy]
    async with loop.running():
        assert await seconds_until(slow, 3008) >= 0
        await slow.stream.aclose()
        loop.poller.owe(third, WEBSOCKET_JSON.result(1, "here"))
        loop.poller.owe(modest, WEBSOCKET_JSON.result(1, "here"))
        assert (await other.push())["id"] == 1
        while (await reader.frame())[1].startswith(b"x"):
            pass
    assert loop.counters.backlog_bytes == 0
    assert loop.counters.closed[3008] == 1


@pytest.mark.parametrize(("size", "code"), [(65_536, 3501), (65_537, 1009), (10**9, 1009)])
async def test_messages_up_to_a_limit(running: Running, size: int, code: int) -> None:
    """One that is too long is refused by its head, before anything of it is kept."""
    client = await Client.upgraded(running.port)
    head = b"\x81\xff" + size.to_bytes(8, "big") + bytes(4)
    await client.send(head + b"x" * min(size, 65_536))
    assert await client.closed() == code


async def test_fragments_are_one_message(running: Running) -> None:
    client = await Client.upgraded(running.port)
    part = b"\xfe" + (40_000).to_bytes(2, "big") + bytes(4) + b"x" * 40_000
    await client.send(b"\x01" + part + b"\x80" + part)
    assert await client.closed() == 1009


async def test_connections_of_one_user(start: Start) -> None:
    running = await start(max_connections_per_user=2)
    await running.people("ann", "bob")
    token = await running.session("ann")
    here = [await Client.logged_in(running.port, token) for _ in range(2)]
    for _ in range(2):
        third = await Client.upgraded(running.port)
        await third.command(connect={"token": token})
        assert await third.closed() == 3504
    await Client.logged_in(running.port, await running.session("bob"))
    await here[0].send(masked(CLOSE, b""))
    await here[0].rest()
    here.append(await Client.logged_in(running.port, token))


async def test_a_request_has_its_time(start: Start) -> None:
    running = await start(handshake_seconds=1)
    async with trio.open_nursery() as nursery:
        for said in (b"", UPGRADE, b"POST /connection/http_stream HTTP/1.1\r\nHost: x\r\n", b"GET /"):
            nursery.start_soon(_is_too_late, running.port, said)


async def _is_too_late(port: int, said: bytes) -> None:
    client = await Client.open(port)
    await client.send(said)
    assert (await client.rest()).startswith(b"HTTP/1.1 408 ")


async def test_a_head_has_its_size(running: Running) -> None:
    for first in (b"GET /healthz", b"GET /connection/websocket", b"GET /connection/sse", b"X"):
        client = await Client.open(running.port)
        await client.send(first + b" HTTP/1.1\r\nHost: x\r\n" + b"X: y\r\n" * 1000)
        assert (await client.rest()).startswith(b"HTTP/1.1 431 ")


async def test_closes_at_the_end_are_spread(tmp_path: Path, autojump_clock: MockClock) -> None:
    """So that those who come back do not come back at once: over half of the time, a hundred at a time."""
    config = Config(server=Server(drain_seconds=60))
    store = Store.open(tmp_path, 2**26)
    found: Any = server._Server(config, store)
    crowd = [socket.socketpair() for _ in range(350)]
    for ours, _ in crowd:
        ours.setblocking(False)
        found._poller.park(ours.detach(), WEBSOCKET_JSON)
    times: list[float] = []
    close = found._poller.close
    found._poller.close = lambda connection, why: (times.append(trio.current_time()), close(connection, why))
    async with trio.open_nursery() as nursery:
        nursery.start_soon(found._poller.flush_forever)
        await found._drain(HttpServer(config, None))  # type: ignore[arg-type]
        nursery.cancel_scope.cancel()
    assert trio.current_time() == pytest.approx(60, abs=1)
    assert len(times) == 350
    moments = sorted(set(times))
    assert [times.count(moment) for moment in moments] == [100, 100, 100, 50]
    assert 15 < moments[-1] <= 30
    for _, theirs in crowd:
        assert theirs.recv(100)[2:4] == codes.SHUTDOWN.code.to_bytes(2, "big")
        theirs.close()
    found.close()
    store.close()
