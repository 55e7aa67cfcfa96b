"""More than anybody needs to send: what it costs the server is bounded, and whoever goes on is closed."""

from __future__ import annotations

import json
import socket

import httpx
import pytest
from trio.testing import wait_all_tasks_blocked

from chatd.config import Server
from chatd.gateway.connection import DEAF, READ_BYTES, State
from chatd.gateway.sockets import UNSENT_BYTES, open_listeners
from chatd.wire.frames import CLOSE, PING, PONG, TEXT
from tests.gateway.client import masked
from tests.gateway.conftest import Start
from tests.gateway.loopback import Loopback, calls

BEGUN = b"\x01\x80\0\0\0\0"
FRAGMENT = b"\0\x80\0\0\0\0"


@pytest.mark.parametrize("frame", [masked(PING, b"x"), masked(PONG, b""), masked(TEXT, b"{}")])
async def test_frames_without_end_end(frame: bytes) -> None:
    loop = Loopback(rate=10)
    _, client = loop.park()
    await client.send(frame * 1000)
    async with loop.running():
        assert await client.closed() == 3013


async def test_a_message_that_does_not_end_ends_also_when_nothing_is_in_it() -> None:
    loop = Loopback()
    _, client = loop.park()
    await client.send(BEGUN + FRAGMENT * 2000)
    async with loop.running():
        assert await client.closed() == 1009


async def test_who_floods_after_the_end_is_not_listened_to() -> None:
    loop = Loopback(rate=10)
    connection, client = loop.park()
    await client.send(masked(PONG, b"") * 2 * READ_BYTES)
    async with loop.running():
        assert await client.closed() == 3013
        await wait_all_tasks_blocked(0.01)
        assert connection.decoder is DEAF
        assert loop.counters.frames_in < 2 * READ_BYTES
        await client.stream.aclose()
        await wait_all_tasks_blocked(0.01)
    assert connection.state is State.CLOSED


async def test_who_says_a_last_word_after_the_end_is_let_go_at_once() -> None:
    loop = Loopback(rate=10)
    connection, client = loop.park()
    await client.send(masked(PONG, b"") * 200)
    async with loop.running():
        assert await client.closed() == 3013
        await client.send(calls((1, "late")) + masked(CLOSE, (3013).to_bytes(2, "big")))
        assert await client.rest() == b""
    assert connection.state is State.CLOSED


async def test_others_have_their_turn_before_all_of_a_flood_is_read() -> None:
    loop = Loopback()
    (_, flood), (_, modest) = loop.park(), loop.park()
    many = [(number, "quick") for number in range(1, 1000)]
    await flood.send(b"".join(calls(each) for each in many))
    await modest.send(calls((1000, "quick")))
    async with loop.running():
        assert (await modest.push())["id"] == 1000
        assert [(await flood.push())["id"] for _ in many] == [id for id, _ in many]
    assert loop.handler.handled.index(1000) < 200


async def test_recoveries_wait_until_others_had_their_turn() -> None:
    loop = Loopback()
    (_, greedy), (_, modest) = loop.park(), loop.park()
    recover = {"channel": "~", "recover": True}
    lines = [json.dumps({"id": id, "subscribe": recover}) for id in (1, 2)]
    await greedy.send(masked(TEXT, "\n".join(lines).encode()) + calls((3, "quick")))
    await modest.send(calls((100, "quick")))
    async with loop.running():
        assert (await greedy.push())["id"] == 3
    assert loop.handler.handled == [100, 1, 2, 3]


async def test_what_was_begun_is_forgotten_with_its_connection() -> None:
    loop = Loopback()
    connection, client = loop.park()
    await client.send(masked(TEXT, b"x" * 60_000)[:50_000])
    async with loop.running():
        await wait_all_tasks_blocked(0.01)
        assert connection.decoder is not None
        await client.stream.aclose()
        await wait_all_tasks_blocked(0.01)
    assert connection.state is State.CLOSED
    assert connection.decoder is None


async def test_the_kernel_keeps_little_for_who_does_not_read() -> None:
    (listener,) = await open_listeners(Server(listen="127.0.0.1:0"))
    async with listener:
        with socket.create_connection(listener.socket.getsockname()):
            accepted, _ = await listener.socket.accept()
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT) == UNSENT_BYTES
            accepted.close()


async def test_calls_over_http_count_too(start: Start) -> None:
    running = await start(commands_per_second_and_user=10)
    await running.people("ann", "bob")
    headers = {"Authorization": f"Bearer {await running.session('ann')}"}
    other = {"Authorization": f"Bearer {await running.session('bob')}"}
    async with httpx.AsyncClient() as http:
        url = f"{running.url}/client/v1/rpc/users.me"
        answers = [await http.post(url, headers=headers) for _ in range(40)]
        assert (await http.post(url, headers=other)).status_code == 200
    refused = next(answer for answer in answers if answer.status_code != 200)
    assert refused.status_code == 429
    assert refused.json()["code"] == 500910
    assert int(refused.headers["retry-after"]) > 0
    assert answers[0].status_code == 200
