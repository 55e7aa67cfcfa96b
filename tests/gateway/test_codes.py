"""Each error and close code, and what calls it forth."""

from __future__ import annotations

import json
from typing import Any

import pytest
from msgspec.structs import replace

from chatd import ids
from chatd.config import Gateway
from chatd.domain import COMMANDS
from chatd.gateway.chat import METHODS
from chatd.gateway.liveness import Liveness
from chatd.wire.frames import TEXT
from tests.gateway.client import Client, masked
from tests.gateway.conftest import Running, Start
from tests.gateway.loopback import Loopback, calls

CHANNEL_KINDS = ("subscribe", "publish", "history", "presence", "presence_stats", "sub_refresh")


def in_channel(channel: str, *kinds: str) -> list[dict[str, Any]]:
    return [{kind: {"channel": channel}} for kind in kinds]


@pytest.mark.parametrize(
    ("code", "commands"),
    [
        (102, in_channel("other", *CHANNEL_KINDS) + in_channel("é" * 127 + "x", "subscribe")),
        (104, [{"rpc": {"method": method}} for method in ("nothing.here", "users.delete")]),
        (105, in_channel("~", "subscribe")),
        (107, in_channel("é" * 127 + "xx", *CHANNEL_KINDS)),
        (107, [{"rpc": {"method": "users.me", "data": [1]}}, {"subscribe": {"channel": "~", "tf": {"key": "a"}}}]),
        (108, [*in_channel("~", *CHANNEL_KINDS[1:]), {"ping": {}}]),
        (108, [{kind: {"channel": "other", "type": 4}} for kind in ("subscribe", "publish", "sub_refresh")]),
        (501, [{"rpc": {"method": "channels.view", "data": {"channel_url": "none"}}}]),
    ],
)
async def test_errors(running: Running, code: int, commands: list[dict[str, Any]]) -> None:
    client = await running.client("ann")
    for command in commands:
        reply = await client.request(**command)
        assert (reply["error"]["code"], command) == (code, command)
        assert reply["error"]["message"]
    assert "unsubscribe" in await client.request(unsubscribe={"channel": "~"})
    assert "rpc" in await client.rpc("users.me")


async def test_100_a_mistake_in_a_command(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    client = await running.client("ann")

    def broken(*whatever: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(METHODS, "users.me", replace(COMMANDS["users.me"], function=broken))
    error = (await client.rpc("users.me"))["error"]
    assert (error["code"], error["temporary"]) == (100, True)


async def test_109_a_token_that_has_expired(start: Start) -> None:
    running = await start(authentication_seconds=2)
    await running.people("ann")
    token = await running.session("ann", expires_at=ids.now_ms() + 300)
    while True:
        client = await Client.upgraded(running.port)
        reply = await client.request(connect={"token": token})
        if "error" in reply:
            break
    assert reply["error"]["code"] == 109
    await client.send(masked(TEXT, b'{"id":2,"subscribe":{"channel":"~"}}\n{"id":3,"connect":{}}'))
    assert await client.closed() == 3502


@pytest.mark.parametrize("position", [{"offset": 2**50}, {"offset": 1, "epoch": "_"}])
async def test_112_a_position_that_is_not_recovered(running: Running, position: dict[str, Any]) -> None:
    """Only for clients that want it so, and the subscription has not begun then."""
    client = await Client.upgraded(running.port)
    await client.request(connect={"token": await running.session("ann")})
    asked = {"channel": "~", "recover": True, **position}
    assert (await client.request(subscribe={**asked, "flag": 3}))["error"]["code"] == 112
    found = (await client.request(subscribe={**asked, "flag": 1}))["subscribe"]
    assert found["was_recovering"]
    assert "recovered" not in found
    assert found["offset"] > 0
    await client.request(unsubscribe={"channel": "~"})
    position = {"offset": found["offset"], "epoch": found["epoch"]}
    again = await client.request(subscribe={"channel": "~", "recover": True, "flag": 2, **position})
    assert again["subscribe"]["recovered"]


async def test_what_is_offered_and_not_agreed_on_is_left_out(running: Running) -> None:
    options = {"delta": "fossil", "join_leave": True, "positioned": False, "recoverable": False, "flag": 1}
    client = await running.client("ann", **options)
    assert client.subscription.keys() == {"recoverable", "positioned", "epoch", "offset"}


async def test_a_server_side_subscription_goes_on_from_the_top_when_it_cannot_recover(running: Running) -> None:
    client = await Client.upgraded(running.port)
    subs = {"~": {"recover": True, "offset": 5, "epoch": "gone", "flag": 2}}
    reply = await client.request(
        connect={"token": await running.session("ann"), "data": {"stream": True}, "subs": subs}
    )
    assert reply["connect"]["subs"]["~"]["was_recovering"]
    assert "recovered" not in reply["connect"]["subs"]["~"]


async def test_111_then_3013_for_who_does_not_slow_down() -> None:
    loop = Loopback(rate=5)
    _, client = loop.park()
    await client.send(calls(*((n, "quick") for n in range(1, 60))))
    codes = set()
    async with loop.running():
        with pytest.raises(EOFError, match="3013"):
            while True:
                reply = await client.push()
                codes.add(reply.get("error", {}).get("code", 0))
                assert reply.get("error", {}).get("temporary", True)
    assert codes == {0, 111}


async def test_3005_when_no_new_token_came() -> None:
    loop = Loopback()
    connection, client = loop.park()
    connection.expires_at = ids.now_ms() - 30_000
    Liveness(Gateway(), loop.poller).look(connection)
    async with loop.running():
        assert await client.closed() == 3005


@pytest.mark.parametrize("command", [{"connect": {"token": "again"}}, {"id": 3, "connect": {"token": "again"}}])
async def test_3501_a_second_login(running: Running, command: dict[str, Any]) -> None:
    client = await running.client("ann")
    await client.send(masked(TEXT, json.dumps(command).encode()))
    assert await client.closed() == 3501


async def test_3504_too_many_connections_of_a_user(start: Start) -> None:
    running = await start(max_connections_per_user=1)
    await running.people("ann", "bob")
    first = await running.client("ann")
    with pytest.raises(EOFError, match="3504"):
        await running.client("ann")
    assert "rpc" in await first.rpc("users.me")


@pytest.mark.parametrize("id", [{}, {"id": 3}])
async def test_3508_a_message_that_nobody_listens_to(running: Running, id: dict[str, int]) -> None:
    client = await running.client("ann")
    await client.send(masked(TEXT, json.dumps({**id, "send": {"data": 1}}).encode()))
    assert await client.closed() == 3508
