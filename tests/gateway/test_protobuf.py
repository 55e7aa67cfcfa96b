"""The Protobuf encoding over real sockets, spoken with the schema that a client library ships."""

from __future__ import annotations

import json
from typing import Any

import pytest
import trio
from centrifuge.protocol import client_pb2 as schema

from chatd.wire.frames import BINARY, PING, PONG
from chatd.wire.protobuf import read_bytes, sized
from tests.gateway.client import PATIENCE_SECONDS, UPGRADE, Client, masked
from tests.gateway.conftest import CHANNEL, Running, Start

SUBPROTOCOL = UPGRADE + b"Sec-WebSocket-Protocol: centrifuge-protobuf\r\n\r\n"
QUERY = UPGRADE.replace(b"websocket HTTP", b"websocket?format=protobuf HTTP") + b"\r\n"


class BinaryClient:
    """A connection whose handshake is done."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self._waiting: list[Any] = []

    @classmethod
    async def upgraded(cls, port: int, upgrade: bytes = SUBPROTOCOL) -> BinaryClient:
        client = await Client.open(port)
        await client.send(upgrade)
        assert (await client.head()).startswith(b"HTTP/1.1 101 ")
        return cls(client)

    @classmethod
    async def logged_in(cls, running: Running, user_id: str, **subscribe: Any) -> BinaryClient:
        client = await cls.upgraded(running.port)
        connect = schema.ConnectRequest(token=await running.session(user_id))
        assert (await client.request(schema.Command(id=1, connect=connect))).connect.client
        asked = schema.SubscribeRequest(channel="~", **subscribe)
        reply = await client.request(schema.Command(id=2, subscribe=asked))
        assert reply.subscribe.recoverable
        client.subscription = reply.subscribe
        return client

    async def send(self, *commands: Any) -> None:
        raw = b"".join(sized(command.SerializeToString()) for command in commands)
        await self.client.send(masked(BINARY, raw))

    async def request(self, command: Any) -> Any:
        """The reply to a command; what comes before it is kept for `push`."""
        await self.send(command)
        while True:
            reply = await self._next()
            if reply.id == command.id:
                return reply
            self._waiting.append(reply)

    async def rpc(self, id: int, method: str, **params: Any) -> Any:
        data = json.dumps(params).encode()
        reply = await self.request(schema.Command(id=id, rpc=schema.RPCRequest(method=method, data=data)))
        return json.loads(reply.rpc.data)

    async def push(self) -> Any:
        return self._waiting.pop(0) if self._waiting else await self._next()

    async def _next(self) -> Any:
        with trio.fail_after(PATIENCE_SECONDS):
            opcode, payload = await self.client.frame()
        assert opcode == BINARY
        raw, end = read_bytes(payload, 0)
        assert end == len(payload)
        return schema.Reply.FromString(raw)


def is_message(reply: Any) -> bool:
    return b"message.created" in reply.push.pub.data


async def test_both_encodings_tell_the_same(running: Running) -> None:
    ann = await BinaryClient.logged_in(running, "ann")
    bob = await running.client("bob")
    sent = await ann.rpc(3, "messages.send", channel_url=CHANNEL, message="olá")
    assert sent["message"] == "olá"
    told = await bob.publication("message.created")
    while not is_message(heard := await ann.push()):
        continue
    assert json.loads(heard.push.pub.data) == told["data"]
    assert (heard.push.channel, heard.push.pub.offset) == ("~", told["offset"])


async def test_recovery(running: Running) -> None:
    first = await BinaryClient.logged_in(running, "ann")
    bob = await running.client("bob")
    for text in ("one", "two"):
        await bob.rpc("messages.send", channel_url=CHANNEL, message=text)
    position = {"recover": True, "offset": first.subscription.offset, "epoch": first.subscription.epoch}
    found = (await BinaryClient.logged_in(running, "ann", **position)).subscription
    assert found.was_recovering
    assert found.recovered
    data = [json.loads(each.data) for each in found.publications]
    assert [each["message"]["message"] for each in data if each["type"] == "message.created"] == ["one", "two"]


async def test_the_query_selects_it_and_commands_share_a_frame(running: Running) -> None:
    client = await BinaryClient.upgraded(running.port, QUERY)
    connect = schema.ConnectRequest(token=await running.session("ann"), data=b'{"stream": true}')
    history = schema.HistoryRequest(channel="~")
    await client.send(schema.Command(id=1, connect=connect), schema.Command(id=2, history=history))
    replies = [await client.push(), await client.push()]
    assert "~" in replies[0].connect.subs
    assert json.loads(replies[0].connect.data)["user"]["user_id"] == "ann"
    assert (replies[1].id, replies[1].error.code, replies[1].error.message) == (2, 108, "not available")


async def test_pings(start: Start) -> None:
    running = await start(ping_seconds=1, pong_seconds=20)
    await running.people("ann", "bob")
    client = await BinaryClient.logged_in(running, "ann")
    while await client.push() != schema.Reply():
        continue
    await client.client.send(masked(BINARY, b"\0"))
    assert (await client.rpc(9, "users.me"))["user_id"] == "ann"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", 3501),
        (b"\x05\x08", 3501),
        (b'{"id": 1, "connect": {}}', 3501),
        (sized(schema.Command(id=1, connect=schema.ConnectRequest(token="x")).SerializeToString()), 3500),
    ],
)
async def test_what_it_refuses(running: Running, raw: bytes, code: int) -> None:
    client = await BinaryClient.upgraded(running.port)
    await client.client.send(masked(BINARY, raw))
    assert await client.client.closed() == code


@pytest.mark.parametrize("kind", ["connect", "rpc"])
async def test_data_that_is_not_json(running: Running, kind: str) -> None:
    client = await BinaryClient.upgraded(running.port)
    data = b"{" if kind == "connect" else b""
    connect = schema.ConnectRequest(token=await running.session("ann"), data=data)
    rpc = schema.RPCRequest(method="users.me", data=b"\xff")
    await client.send(schema.Command(id=1, connect=connect), schema.Command(id=2, rpc=rpc))
    assert await client.client.closed() == 3501


async def test_what_came_before_broken_framing_is_answered(running: Running) -> None:
    client = await Client.upgraded(running.port)
    await client.send(masked(PING, b"here") + b"\xff\xff")
    assert await client.frame() == (PONG, b"here")
    assert await client.closed() == 1002
