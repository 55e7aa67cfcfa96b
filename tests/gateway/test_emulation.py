"""Clients whose network lets no WebSocket pass: endless answers, and commands in requests of their own."""

from __future__ import annotations

import json

import httpx
import pytest
import trio

from chatd.errors import Forbidden
from chatd.wire import codes
from chatd.wire.codecs import SSE_JSON, STREAM_JSON, STREAM_PROTOBUF, Codec
from tests.gateway.client import PATIENCE_SECONDS, Client
from tests.gateway.conftest import CHANNEL, Running, Start
from tests.gateway.loopback import Loopback
from tests.gateway.stream_client import JSON, PROTOBUF, SSE, StreamClient

KINDS = [JSON, PROTOBUF, SSE]
FRIEND = {"Origin": "https://friend.example"}


@pytest.mark.parametrize("kind", KINDS)
async def test_a_conversation(running: Running, kind: str) -> None:
    ann, bob = await StreamClient.logged_in(running, "ann", kind), await running.client("bob")
    reply = await ann.rpc("messages.send", channel_url=CHANNEL, message="one\ntwo \u2028 ü")
    assert reply["rpc"]["data"]["message"] == "one\ntwo \u2028 ü"
    await bob.rpc("messages.send", channel_url=CHANNEL, message="x" * 5000)
    for text in ("one\ntwo \u2028 ü", "x" * 5000):
        for client in (ann, bob):
            assert (await client.publication("message.created"))["data"]["message"]["message"] == text


@pytest.mark.parametrize("kind", KINDS)
async def test_a_session_that_ends_says_why_and_completes_the_answer(running: Running, kind: str) -> None:
    client = await StreamClient.logged_in(running, "ann", kind)
    assert await client.say(b"\xff" if kind == PROTOBUF else b"nonsense") == 204
    assert await client.disconnected() == 3501
    assert await client.say(b"{}") == 400


async def test_a_wrong_beginning(running: Running) -> None:
    for first, code in [
        (b"", 3501),
        (b"nonsense", 3501),
        (b"{}", 3501),
        (b'{"id":1,"ping":{}}', 3501),
        (b'{"id":1,"connect":{"token":"nonsense"}}', 3500),
    ]:
        for kind in (JSON, SSE):
            assert await (await StreamClient.begin(running, first, kind)).disconnected() == code


async def test_who_does_not_answer_pings_is_closed(start: Start) -> None:
    running = await start(ping_seconds=3, pong_seconds=3)
    await running.people("ann", "bob")
    deaf, alive = await StreamClient.logged_in(running, "ann"), await StreamClient.logged_in(running, "bob")
    async with trio.open_nursery() as nursery:
        nursery.start_soon(_answer_pings, alive)
        assert await deaf.disconnected() == 3012
        nursery.cancel_scope.cancel()
    assert await alive.say(b"{}") == 204


async def _answer_pings(client: StreamClient) -> None:
    while True:
        if await client.message() == {}:
            assert await client.say(b"{}") == 204


async def test_who_hangs_up_is_gone(running: Running) -> None:
    client = await StreamClient.logged_in(running, "ann")
    await client.client.stream.aclose()
    with trio.fail_after(PATIENCE_SECONDS):
        while await client.say(b"{}") == 204:
            pass


async def test_what_follows_the_request_means_nothing(running: Running) -> None:
    client = await StreamClient.logged_in(running, "ann")
    await client.client.send(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n\x88\x80\0\0\0\0" + b"x" * 50_000)
    assert "rpc" in await client.rpc("users.me")


async def test_sessions_cannot_be_guessed_and_are_not_for_websockets(running: Running) -> None:
    secrets = {(await StreamClient.logged_in(running, "ann")).session for _ in range(20)}
    assert len(secrets) == 20
    assert all(len(secret) >= 32 for secret in secrets)
    prefixes = {secret[:8] for secret in secrets}
    assert len(prefixes) == 20
    client = await Client.upgraded(running.port)
    reply = await client.request(connect={"token": await running.session("ann")})
    assert not {"session", "node"} & set(reply["connect"])


async def test_commands_are_only_taken_with_the_secret_of_a_session(running: Running) -> None:
    client = await StreamClient.logged_in(running, "ann")
    for secret in ("", "x", client.session[:-1], client.session + "x", client.session.swapcase()):
        assert await client.say(b'{"id":9,"ping":{}}', secret) == 400
    assert "rpc" in await client.rpc("users.me")


async def post(running: Running, body: bytes, **headers: str) -> httpx.Response:
    async with httpx.AsyncClient(verify=False) as http:
        return await http.post(f"{running.url}/emulation", content=body, headers=headers)


async def test_what_is_no_such_request(start: Start) -> None:
    running = await start(max_message_bytes=4096)
    for body, status in [
        (b"", 400),
        (b"{}", 400),
        (b"[1]", 400),
        (b'{"session":"x","data":{}}', 400),
        (b"\xff\xfe", 400),
        (b'{"session":"x","data":"' + b"y" * 5000 + b'"}', 413),
        (b"x" * 20_001, 413),
    ]:
        answer = await post(running, body)
        assert answer.status_code == status
        assert answer.json()["error"] is True
        assert answer.json()["message"]


async def test_commands_up_to_the_limit_of_a_message(running: Running) -> None:
    client = await StreamClient.logged_in(running, "ann")
    await client.client.stream.aclose()
    text = json.dumps({"session": client.session, "data": "x" * 65_537}).encode()
    assert (await post(running, text)).status_code == 413


async def test_pages_elsewhere(running: Running) -> None:
    """Those that are allowed may ask and read every answer; the others may not."""
    client = await StreamClient.logged_in(running, "ann")
    body = json.dumps({"session": client.session, "data": '{"id":7,"ping":{}}'}).encode()
    for text, status in ((body, 204), (b"{}", 400)):
        answer = await post(running, text, **FRIEND)
        assert answer.status_code == status
        assert answer.headers["access-control-allow-origin"] == FRIEND["Origin"]
        assert "origin" in answer.headers["vary"].lower()
    refused = await post(running, body, Origin="https://evil.example")
    assert refused.json()["code"] == Forbidden.code
    assert "access-control-allow-origin" not in refused.headers
    while (await client.message()).get("id") != 7:
        pass


@pytest.mark.parametrize("path", ["/emulation", "/connection/http_stream"])
async def test_browsers_ask_first(running: Running, path: str) -> None:
    async with httpx.AsyncClient(verify=False) as http:
        asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
        answer = await http.options(running.url + path, headers=asked | FRIEND)
        assert (answer.status_code, answer.content) == (204, b"")
        assert answer.headers["access-control-allow-origin"] == FRIEND["Origin"]
        assert "POST" in answer.headers["access-control-allow-methods"]
        assert "content-type" in answer.headers["access-control-allow-headers"].lower()
        refused = await http.options(running.url + path, headers=asked | {"Origin": "https://evil.example"})
        assert refused.json()["code"] == Forbidden.code
        assert (await http.put(running.url + path)).status_code == 405


@pytest.mark.parametrize("kind", [JSON, SSE])
async def test_a_page_elsewhere_may_read_a_stream(running: Running, kind: str) -> None:
    allowed = await StreamClient.begin(running, b"", kind, "Origin: https://friend.example\r\n")
    assert b"access-control-allow-origin: https://friend.example\r\n" in allowed.head.lower()
    refused = await StreamClient.begin(running, b"", kind, "Origin: https://evil.example\r\n")
    assert refused.head.startswith(b"HTTP/1.1 403 ")


async def test_a_stream_on_a_connection_that_a_proxy_used_before(running: Running) -> None:
    client = await Client.open(running.port)
    await client.send(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
    await client.head()
    await client.body(15)
    await client.send(b"POST /connection/http_stream HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{")
    await client.send(b"}")
    assert (await client.head()).startswith(b"HTTP/1.1 200 ")
    assert await StreamClient(running, client, JSON).disconnected() == 3501


@pytest.mark.parametrize(("codec", "kind"), [(STREAM_JSON, JSON), (SSE_JSON, SSE), (STREAM_PROTOBUF, PROTOBUF)])
async def test_who_is_too_slow_gets_whole_messages_and_then_the_reason(codec: Codec, kind: str) -> None:
    loop = Loopback(backlog_limit=20_000)
    connection, client = loop.park()
    connection.codec = codec
    sent = 0
    while not loop.gone:
        loop.poller.owe(connection, codec.result(1, "x" * 1000))
        loop.poller.flush(1)
        sent += 1
    reader = StreamClient(None, client, kind)  # type: ignore[arg-type]
    async with loop.running():
        for _ in range(sent - 1):
            assert (await reader.message())["rpc"]["data"] == "x" * 1000
        assert await reader.disconnected() == codes.SLOW.code
    assert loop.counters.backlog_bytes == 0
