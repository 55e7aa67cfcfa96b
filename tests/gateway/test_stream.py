"""The stream, over real sockets."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import httpx
import pytest
import trio

from chatd import ids
from tests.gateway.client import Client, masked
from tests.gateway.conftest import CHANNEL, Running, Start

ROOT = Path(__file__).parents[2]


async def send(client: Client, text: str) -> int:
    reply = await client.rpc("messages.send", channel_url=CHANNEL, message=text)
    number: int = reply["rpc"]["data"]["message_id"]
    return number


async def test_a_message_reaches_every_device_of_every_member(running: Running) -> None:
    clients = [await running.client(user_id) for user_id in ("ann", "ann", "bob")]
    number = await send(clients[0], "hello")
    for client in clients:
        told = await client.publication("message.created")
        assert (told["offset"], told["data"]["message"]["message"]) == (number, "hello")


async def test_pipelined_sends_commit_in_their_order(running: Running) -> None:
    ann, bob = await running.client("ann"), await running.client("bob")
    for n in range(150):
        await ann.command(rpc={"method": "messages.send", "data": {"channel_url": CHANNEL, "message": str(n)}})
    texts = [(await bob.publication("message.created"))["data"]["message"]["message"] for _ in range(150)]
    assert texts == [str(n) for n in range(150)]


@pytest.mark.parametrize("missed", [0, 1, 25])
async def test_what_was_missed_is_recovered_once_and_in_order(running: Running, missed: int) -> None:
    ann, bob = await running.client("ann"), await running.client("bob")
    last = await send(ann, "before")
    await bob.publication("message.created")
    await bob.stream.aclose()
    sent = [await send(ann, str(n)) for n in range(missed)]
    epoch = bob.subscription["epoch"]
    back = await running.client("bob", recover=True, offset=last, epoch=epoch)
    assert back.subscription["recovered"] is True
    recovered = back.subscription.get("publications", [])
    assert [each["offset"] for each in recovered if each["data"]["type"] == "message.created"] == sent
    after = await send(ann, "after")
    assert (await back.publication("message.created"))["offset"] == after


@pytest.mark.parametrize("position", [{"offset": 10**6}, {"offset": 1, "epoch": "another"}])
async def test_a_position_that_cannot_be_resumed_is_said_so(running: Running, position: dict[str, object]) -> None:
    client = await running.client("ann", recover=True, **position)
    assert client.subscription["was_recovering"] is True
    assert "recovered" not in client.subscription
    assert "publications" not in client.subscription
    assert client.subscription["offset"] > 0


async def test_who_joins_is_told_from_then_on_and_who_leaves_until_then(running: Running) -> None:
    ann, bob = await running.client("ann"), await running.client("bob")
    await ann.rpc("channels.create", channel_url="den1", name="Den")
    await ann.rpc("messages.send", channel_url="den1", message="before")
    await ann.rpc("channels.invite", channel_url="den1", user_ids=["bob"])
    await ann.rpc("messages.send", channel_url="den1", message="between")
    await ann.rpc("channels.leave", channel_url="den1", user_ids=["bob"])
    await ann.rpc("messages.send", channel_url="den1", message="after")
    await send(ann, "end")
    kinds = []
    while True:
        data = (await bob.push())["push"]["pub"]["data"]
        if data.get("channel_url") == CHANNEL:
            break
        if data["type"] == "user.updated":  # the first login
            continue
        kinds.append((data["type"], data.get("message", {}).get("message")))
    assert kinds == [("member.joined", None), ("message.created", "between"), ("member.left", None)]


async def test_a_stream_of_the_server_ends_with_the_connection_only(running: Running) -> None:
    client = await Client.upgraded(running.port)
    await client.request(connect={"token": await running.session("ann"), "data": {"stream": True}})
    assert (await client.request(subscribe={"channel": "~"}))["error"]["code"] == 105
    assert "error" not in await client.request(unsubscribe={"channel": "~"})
    number = await send(client, "still told")
    assert (await client.publication("message.created"))["offset"] == number


async def test_typing_is_told_once_in_a_while(running: Running) -> None:
    ann, bob = await running.client("ann"), await running.client("bob")
    for typing in (True, True, True, False, False, True):
        await ann.rpc("channels.typing", channel_url=CHANNEL, typing=typing)
    told = [await bob.publication("typing") for _ in range(3)]
    assert [each["data"]["typing"] for each in told] == [True, False, True]
    assert all("offset" not in each for each in told)


async def test_commands_may_share_a_frame_and_those_after_a_failed_login_are_dropped(running: Running) -> None:
    token = await running.session("ann")
    client = await Client.upgraded(running.port)
    login = json.dumps({"id": 1, "connect": {"token": token}})
    lines = [login, '{"id":2,"subscribe":{"channel":"~"}}', '{"id":3,"ping":{}}']
    await client.send(masked(1, "\n".join(lines).encode()))
    replies = [await client.push() for _ in range(3)]
    assert [sorted(reply) for reply in replies] == [["connect", "id"], ["id", "subscribe"], ["error", "id"]]
    stranger = await Client.upgraded(running.port)
    await stranger.send(masked(1, b'{"id":1,"connect":{"token":"x"}}\n{"id":2,"subscribe":{"channel":"~"}}'))
    assert await stranger.closed() == 3500


async def test_a_slow_reader_is_closed_and_the_others_go_on(start: Start) -> None:
    running = await start(backlog_bytes=65_536, commands_per_second=10_000, commands_per_second_and_user=10_000)
    await running.people("ann", "bob")
    ann, slow = await running.client("ann"), await running.client("bob")
    with trio.fail_after(30):
        while 'closed_total{code="3008"} 1.0' not in await metrics(running):
            for _ in range(50):
                await ann.rpc("messages.send", channel_url=CHANNEL, message="x" * 5000)
    back = await running.client("bob", recover=True, offset=0, epoch=slow.subscription["epoch"])
    assert back.subscription["was_recovering"] is True
    await send(ann, "end")
    assert (await back.publication("message.created"))["data"]["message"]["message"] == "end"


async def test_a_client_that_answers_no_ping_is_closed(start: Start) -> None:
    running = await start(ping_seconds=2, pong_seconds=2)
    await running.people("ann", "bob")
    deaf, alive = await running.client("ann"), await running.client("bob")
    async with trio.open_nursery() as nursery:
        nursery.start_soon(_answer_pings, alive)
        assert await deaf.closed() == 3012
        nursery.cancel_scope.cancel()
    assert 'code="3012"} 1.0' in await metrics(running)


async def test_a_session_that_expires_ends_the_connection_unless_it_is_renewed(running: Running) -> None:
    token = await running.session("ann", expires_at=ids.now_ms() + 900)
    client = await Client.logged_in(running.port, token)
    renewed = await Client.logged_in(running.port, token)
    reply = await renewed.request(refresh={"token": await running.session("ann")})
    assert reply["refresh"]["ttl"] > 1000
    other = await renewed.command(refresh={"token": await running.session("bob")})
    assert other
    assert await renewed.closed() == 3500
    await client.stream.aclose()


async def test_what_the_command_line_commits_is_told_too(running: Running) -> None:
    ann = await running.client("ann")
    command = [sys.executable, "-m", "chatd", "account", "create", "cid", "--data-dir", str(running.directory)]
    await trio.run_process(command, stdin=b"a long password", capture_stdout=True, cwd=ROOT)
    number = await send(ann, "after it")
    assert (await ann.publication("message.created"))["offset"] == number
    assert number > ann.subscription["offset"] + 1


async def _answer_pings(client: Client) -> None:
    while True:
        if await client.push() == {}:
            await client.send(masked(1, b"{}"))


async def metrics(running: Running) -> str:
    async with httpx.AsyncClient(verify=False) as client:
        return (await client.get(f"{running.url}/metrics")).text
