"""A user's connections: listed, cut, and ended with their sessions, also by another process."""

from __future__ import annotations

import re
import sys
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
import trio

from chatd.domain.tenants import accounts
from chatd.store.store import Store
from tests.gateway.client import PATIENCE_SECONDS, Client
from tests.gateway.conftest import Running, Start
from tests.gateway.test_stream import ROOT, send

ANN = "/users/ann/connections"


async def listed(running: Running, user_id: str = "ann") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await running.api("GET", f"/users/{user_id}/connections"))["connections"]
    return found


async def alive(client: Client) -> bool:
    return "rpc" in await client.rpc("users.me")


async def test_connections_are_described(running: Running) -> None:
    assert await listed(running) == []
    client = await Client.upgraded(running.port)
    connect = {"token": await running.session("ann"), "name": "js", "version": "5.3.0"}
    client_id = (await client.request(connect=connect))["connect"]["client"]
    await running.client("bob")
    (found,) = await listed(running)
    since = found.pop("connected_at")
    assert found == {
        "client_id": client_id,
        "address": "127.0.0.1",
        "transport": "websocket",
        "encoding": "json",
        "software": "js 5.3.0",
    }
    user = await running.api("GET", "/users/ann")
    assert abs(since - user["created_at"] * 1000) < 60_000
    assert (await client.rpc("connections.list"))["rpc"]["data"]["connections"] == await listed(running)


async def test_what_a_client_says_it_is_is_cut_short(running: Running) -> None:
    client = await Client.upgraded(running.port)
    await client.request(connect={"token": await running.session("ann"), "name": "n" * 1000, "version": "v" * 1000})
    (found,) = await listed(running)
    assert re.fullmatch("n{20} v{20}", found["software"])


@pytest.mark.parametrize(("body", "code"), [({}, 3000), ({"reconnect": True}, 3000), ({"reconnect": False}, 3503)])
async def test_one_connection_or_all_are_cut(running: Running, body: dict[str, Any], code: int) -> None:
    clients = [await running.client("ann") for _ in range(3)]
    bob = await running.client("bob")
    found = await listed(running)
    one = f"{ANN}/{found[1]['client_id']}"
    assert await running.api("DELETE", one, **body) == {"closed": 1}
    assert await clients[1].closed() == code
    assert [each["client_id"] for each in await listed(running)] == [found[0]["client_id"], found[2]["client_id"]]
    assert (await running.api("DELETE", one, 400, **body))["code"] == 400201
    assert await running.api("DELETE", ANN, **body) == {"closed": 2}
    assert [await clients[0].closed(), await clients[2].closed()] == [code, code]
    assert await running.api("DELETE", ANN, **body) == {"closed": 0}
    assert await alive(bob)


async def test_a_client_cuts_its_own_devices_only(running: Running) -> None:
    phone, laptop, bob = [await running.client(user_id) for user_id in ("ann", "ann", "bob")]
    (other,) = await listed(running, "bob")
    assert (await laptop.rpc("connections.cut", client_id=other["client_id"]))["error"]["code"] == 501
    assert (await laptop.rpc("connections.cut", user_id="bob"))["error"]["code"] == 408
    assert (await laptop.rpc("connections.list", user_id="bob"))["error"]["code"] == 408
    first = (await listed(running))[0]["client_id"]
    assert (await laptop.rpc("connections.cut", client_id=first))["rpc"]["data"] == {"closed": 1}
    assert await phone.closed() == 3000
    assert await alive(laptop)
    assert await alive(bob)


async def test_unknown_users_have_no_connections(running: Running) -> None:
    for method in ("GET", "DELETE"):
        assert (await running.api(method, "/users/nobody/connections", 400))["code"] == 400201


async def test_one_session_ends_with_its_connections(running: Running) -> None:
    first, second = await running.session("ann"), await running.session("ann")
    phone, tablet = await Client.logged_in(running.port, first), await Client.logged_in(running.port, first)
    laptop, bob = await Client.logged_in(running.port, second), await running.client("bob")
    assert (await running.api("DELETE", "/users/bob/token", 400, token=first))["code"] == 400201
    assert await running.api("DELETE", "/users/ann/token", token=first) == {}
    assert [await phone.closed(), await tablet.closed()] == [3500, 3500]
    assert await alive(laptop)
    assert await alive(bob)
    back = await Client.upgraded(running.port)
    await back.command(connect={"token": first})
    assert await back.closed() == 3500


async def test_a_renewed_connection_belongs_to_its_new_session(running: Running) -> None:
    first, second = await running.session("ann"), await running.session("ann")
    client = await Client.logged_in(running.port, first)
    await client.request(refresh={"token": second})
    await running.api("DELETE", "/users/ann/token", token=first)
    assert await alive(client)
    await running.api("DELETE", "/users/ann/token", token=second)
    assert await client.closed() == 3500


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("DELETE", "/users/ann/token", {}),
        ("PUT", "/users/ann", {"is_active": False}),
        ("PUT", "/users/ann", {"is_active": False, "leave_all_when_deactivated": False}),
        ("DELETE", "/users/ann", {}),
    ],
)
async def test_every_connection_of_a_user_ends(running: Running, method: str, path: str, body: dict[str, Any]) -> None:
    clients = [await running.client("ann") for _ in range(2)]
    silent = await Client.upgraded(running.port)
    await silent.request(connect={"token": await running.session("ann")})
    bob = await running.client("bob")
    await running.api(method, path, **body)
    assert [await client.closed() for client in (*clients, silent)] == [3500] * 3
    assert await send(bob, "still here")


async def test_a_password_reset_beside_the_server_ends_the_accounts_connections(start: Start, tmp_path: Path) -> None:
    store = Store.open(tmp_path / "data", 2**27)
    store.write_now(0, accounts.create, "cid", "a hash", accounts.MEMBER)
    store.close()
    running = await start()
    await running.people("ann", "bob")
    cid, ann = await running.client("cid"), await running.client("ann")
    command = [sys.executable, "-m", "chatd", "account", "reset-password", "cid", "--data-dir", str(running.directory)]
    async with trio.open_nursery() as nursery:
        nursery.start_soon(partial(trio.run_process, command, stdin=b"a long password", capture_stdout=True, cwd=ROOT))
        # Read at once: who does not answer a close is hung up on.
        assert await cid.closed() == 3500
    assert await alive(ann)
    assert await alive(await running.client("cid"))


async def test_streaming_clients_are_listed_and_cut(running: Running) -> None:
    connect = {"id": 1, "connect": {"token": await running.session("ann")}}
    async with httpx.AsyncClient() as http, trio.open_nursery() as nursery:
        lines: list[str] = []

        async def read() -> None:
            async with http.stream("POST", f"{running.url}/connection/http_stream", json=connect) as answer:
                lines.extend([line async for line in answer.aiter_lines()])

        nursery.start_soon(read)
        with trio.fail_after(PATIENCE_SECONDS):
            while not (found := await listed(running)):
                await trio.sleep(0.01)
        assert (found[0]["transport"], found[0]["encoding"]) == ("http_stream", "json")
        assert await running.api("DELETE", ANN, reconnect=False) == {"closed": 1}
    assert '"code":3503' in lines[-1]
