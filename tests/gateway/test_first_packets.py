"""Strangers: each gets a clean refusal, the process lives, the others notice nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import trio

from tests.gateway.client import UPGRADE, Client, masked
from tests.gateway.conftest import CHANNEL, Running, Start


@asynccontextmanager
async def chatting(running: Running) -> AsyncIterator[Client]:
    """Somebody who chats all the while, and still can at the end."""
    client = await running.client("ann")
    yield client
    reply = await client.rpc("messages.send", channel_url=CHANNEL, message="still here")
    assert reply["rpc"]["data"]["message"] == "still here"
    assert (await client.publication("message.created"))["data"]["message"]["message"] == "still here"
    other = await running.client("bob")
    await other.stream.aclose()


@pytest.fixture
async def witness(running: Running) -> AsyncIterator[Client]:
    async with chatting(running) as client:
        yield client


async def answer_to(running: Running, data: bytes) -> bytes:
    client = await Client.open(running.port)
    await client.send(data)
    return await client.rest()


async def test_an_upgrade_and_a_stray_byte(running: Running, witness: Client) -> None:
    assert (await answer_to(running, UPGRADE + b"\r\nx")).startswith(b"HTTP/1.1 400 ")


async def test_silence_and_half_a_request(start: Start) -> None:
    running = await start(handshake_seconds=2)
    await running.people("ann", "bob")
    async with chatting(running), trio.open_nursery() as nursery:
        for said in (b"", UPGRADE[:60], b"GET", b"GET /healthz HTTP/1.1\r\nHos"):
            nursery.start_soon(_is_too_late, running, said)


async def _is_too_late(running: Running, said: bytes) -> None:
    assert (await answer_to(running, said)).startswith(b"HTTP/1.1 408 ")


async def test_a_request_byte_by_byte(running: Running, witness: Client) -> None:
    client = await Client.open(running.port)
    for byte in b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n":
        await client.send(bytes([byte]))
    assert (await client.rest()).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize("path", [b"/connection/websocket", b"/healthz"])
async def test_a_mebibyte_of_headers(running: Running, witness: Client, path: bytes) -> None:
    client = await Client.open(running.port)
    with trio.move_on_after(5):  # it need not take them all
        try:
            await client.send(b"GET " + path + b" HTTP/1.1\r\nHost: x\r\n" + b"X-Long: y\r\n" * 100_000)
        except trio.BrokenResourceError:
            return
    answer = await client.rest()
    assert answer[:12] in (b"HTTP/1.1 431", b"HTTP/1.1 400", b"")


async def test_a_first_line_without_end(running: Running, witness: Client) -> None:
    assert (await answer_to(running, b"G" * 5000)).startswith(b"HTTP/1.1 431 ")


async def test_an_upgrade_on_a_kept_alive_connection(running: Running, witness: Client) -> None:
    """Proxies send requests of several clients on one connection, and then what ends that."""
    client = await Client.open(running.port)
    for _ in range(2):
        await client.send(b"GET /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx")
        assert (await client.head()).startswith(b"HTTP/1.1 200 ")
        await client.body(15)
    await client.send(UPGRADE + b"\r\n")
    assert (await client.head()).startswith(b"HTTP/1.1 101 ")
    await client.send(masked(1, b"not json"))
    assert await client.closed() == 3501


async def test_a_client_comes_in_pieces_on_a_kept_alive_connection(running: Running, witness: Client) -> None:
    for size in (1, 10, 100):
        client = await Client.open(running.port)
        await client.send(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        await client.head()
        await client.body(15)
        for start in range(0, len(UPGRADE), size):
            await client.send(UPGRADE[start : start + size])
        await client.send(b"\r\n")
        assert (await client.head()).startswith(b"HTTP/1.1 101 ")
        await client.stream.aclose()


async def test_an_upgrade_in_the_middle_of_a_body_is_none(running: Running, witness: Client) -> None:
    client = await Client.open(running.port)
    await client.send(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 1000\r\n\r\n")
    await client.send(UPGRADE + b"\r\n")
    assert b" 101 " not in await client.rest()


@pytest.mark.parametrize("upgrade", [b"websocket", b"h2c"])
async def test_an_upgrade_elsewhere_is_a_plain_request(running: Running, witness: Client, upgrade: bytes) -> None:
    head = b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: " + upgrade
    answer = await answer_to(running, head + b"\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n\r\nx")
    assert answer.startswith(b"HTTP/1.1 200 ")


async def test_http_2_without_asking(running: Running, witness: Client) -> None:
    answer = await answer_to(running, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
    assert answer == b"" or answer.startswith((b"HTTP/1.1 4", b"HTTP/1.1 5"))


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        (b"https://evil.example", b"403"),
        (b"null", b"403"),
        (b"http://127.0.0.1", b"101"),
        (b"https://friend.example", b"101"),
    ],
)
async def test_origins(running: Running, witness: Client, origin: bytes, status: bytes) -> None:
    client = await Client.open(running.port)
    await client.send(UPGRADE + b"Origin: " + origin + b"\r\n\r\n")
    assert (await client.head()).startswith(b"HTTP/1.1 " + status)
    await client.stream.aclose()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\x16\x03\x01garbage that is no frame", 1002),
        (bytes(range(256)), 1002),
        (masked(1, b"not json"), 3501),
        (masked(1, b"[1,2]"), 3501),
        (masked(1, b'{"id": "one", "connect": {}}'), 3501),
        (masked(1, b'{"id": 1, "rpc": {"method": "users.me"}}'), 3501),
        (masked(1, b'{"id": 1, "connect": {"token": "nonsense"}}'), 3500),
        (masked(1, b"\xff\xfe"), 1007),
        (b"\x81\xff\x00\x00\x00\x00\x10\x00\x00\x00mask", 1009),
    ],
)
async def test_garbage_after_the_handshake(running: Running, witness: Client, data: bytes, code: int) -> None:
    client = await Client.upgraded(running.port)
    await client.send(data)
    assert await client.closed() == code
    await client.stream.aclose()


async def test_silence_after_the_handshake(start: Start) -> None:
    running = await start(authentication_seconds=1)
    await running.people("ann", "bob")
    async with chatting(running):
        assert await (await Client.upgraded(running.port)).closed() == 3502


async def test_no_room_for_more(start: Start) -> None:
    running = await start(max_connections=2)
    crowd = [await Client.upgraded(running.port) for _ in range(2)]
    answer = await answer_to(running, UPGRADE + b"\r\n")
    assert answer.startswith(b"HTTP/1.1 503 ")
    assert b"Retry-After: " in answer
    for client in crowd:
        await client.stream.aclose()
