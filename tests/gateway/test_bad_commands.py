"""Commands that no library sends: each has its documented end, and the others chat on."""

from __future__ import annotations

import json

import pytest
import trio

from tests.gateway.client import UPGRADE, Client, masked
from tests.gateway.conftest import Running, Start

RECOVER = {"channel": "~", "recover": True}


async def logged_in(running: Running) -> Client:
    client = await Client.upgraded(running.port)
    await client.request(connect={"token": await running.session("bob")})
    return client


@pytest.mark.parametrize(
    "command",
    [
        {"id": 2**70, "ping": {}},
        {"id": 2**32, "ping": {}},
        {"id": -1, "ping": {}},
        {"rpc": {"method": "users.me"}},
        {"id": 0, "subscribe": {"channel": "~"}},
        {"id": 2},
        {"id": 2, "invented": {}},
        {"id": 2, "connect": {"token": "again"}},
        {"id": 2, "subscribe": {**RECOVER, "offset": -5}},
        {"id": 2, "subscribe": {**RECOVER, "offset": -(2**80)}},
        {"id": 2, "rpc": {"method": "users.me", "data": 1e999}},
        {"id": 2, "subscribe": {}},
        {"id": 2, "publish": {"data": {}}},
        {"id": 2, "history": {"channel": "~", "limit": 2**31}},
        {"id": 2, "sub_refresh": {"token": "x"}},
    ],
)
async def test_a_bad_request_closes_its_connection_only(running: Running, command: dict[str, object]) -> None:
    ann = await running.client("ann")
    client = await logged_in(running)
    await client.send(masked(1, json.dumps(command).replace("Infinity", "1e999").encode()))
    assert await client.closed() == 3501
    assert "rpc" in await ann.rpc("users.me")


async def test_an_offset_beyond_all_numbers_cannot_be_resumed(running: Running) -> None:
    client = await logged_in(running)
    reply = await client.request(subscribe={**RECOVER, "offset": 2**80})
    assert reply["subscribe"]["was_recovering"] is True
    assert "recovered" not in reply["subscribe"]


async def test_a_pong_gets_no_answer(running: Running) -> None:
    client = await logged_in(running)
    await client.send(masked(1, b"{}"))
    assert (await client.rpc("users.me"))["id"] == 2


@pytest.mark.parametrize("channel", ["~", "other", "", "x" * 300])
async def test_an_unsubscribe_never_fails(running: Running, channel: str) -> None:
    client = await logged_in(running)
    assert (await client.request(unsubscribe={"channel": channel}))["unsubscribe"] == {}


async def test_connect_data_of_a_wrong_shape(start: Start) -> None:
    running = await start(authentication_seconds=2)
    await running.people("bob")
    token = await running.session("bob")
    async with trio.open_nursery() as nursery:
        for data in ("5", '"x"', "[1]", '{"stream": "yes"}'):
            nursery.start_soon(_is_no_login, running, token, data)


async def _is_no_login(running: Running, token: str, data: str) -> None:
    client = await Client.upgraded(running.port)
    await client.send(masked(1, f'{{"id":1,"connect":{{"token":"{token}","data":{data}}}}}'.encode()))
    assert (await client.push())["error"]["code"] == 107
    await client.send(masked(1, b'{"id":2,"rpc":{"method":"users.me"}}'))
    assert await client.closed() == 3502


async def test_an_answer_that_is_too_large_is_refused(start: Start) -> None:
    running = await start(backlog_bytes=10_000)
    await running.people("ann", "bob")
    client = await running.client("ann")
    for _ in range(30):
        await client.rpc("messages.send", channel_url="kitchen", message="x" * 1000)
    reply = await client.rpc("messages.list", channel_url="kitchen", message_ts=2**50, prev_limit=30)
    assert reply["error"]["code"] == 106
    reply = await client.rpc("messages.list", channel_url="kitchen", message_ts=2**50, prev_limit=3)
    assert len(reply["rpc"]["data"]["messages"]) == 3


@pytest.mark.parametrize(
    ("header", "status"),
    [
        (b"Origin: http://[", b"403"),
        (b"Origin: \xff", b"403"),
        (b"Origin: http://127.0.0.1:1@evil.example", b"403"),
        (b"Sec-WebSocket-Protocol: \xff", b"400"),
        (b"Sec-WebSocket-Extensions: \xff", b"101"),
        (b"Host: again", b"400"),
        (b"X-Forwarded-Proto: \xff", b"101"),
    ],
)
async def test_headers_of_a_strange_kind(
    running: Running, header: bytes, status: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    client = await Client.open(running.port)
    await client.send(UPGRADE + header + b"\r\n\r\n")
    assert (await client.head()).startswith(b"HTTP/1.1 " + status)
    assert "failed" not in caplog.text


@pytest.mark.parametrize("host", [b"\xff", b"xn--\x80"])
async def test_hosts_of_a_strange_kind(running: Running, host: bytes, caplog: pytest.LogCaptureFixture) -> None:
    client = await Client.open(running.port)
    await client.send(UPGRADE.replace(b"127.0.0.1", host) + b"\r\n")
    assert (await client.head()).startswith(b"HTTP/1.1 400 ")
    assert "failed" not in caplog.text
