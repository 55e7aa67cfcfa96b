"""A server whose disk is full: it says so, and goes on for those who read."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import httpx
import pytest
import trio
from msgspec.structs import replace

from chatd.domain.tenants import applications
from chatd.errors import StorageFailed
from chatd.jobs import probe
from chatd.server import Started, serve
from chatd.store.store import Store
from tests.gateway.client import Client
from tests.gateway.conftest import CHANNEL, MAP_GIB, QUICK, Running, make_token
from tests.store import disk


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probe, "INTERVAL_SECONDS", 0.02)


async def ready(running: Running) -> int:
    async with httpx.AsyncClient() as client:
        return (await client.get(f"{running.url}/readyz")).status_code


async def metric(running: Running, name: str) -> float:
    async with httpx.AsyncClient() as client:
        text = (await client.get(f"{running.url}/metrics")).text
    found = re.search(rf"^{name} (\S+)$", text, re.MULTILINE)
    assert found is not None
    return float(found[1])


async def until_ready(running: Running) -> None:
    with trio.fail_after(20):
        while await ready(running) != 200:
            await trio.sleep(0.01)


async def test_writers_are_told_and_readers_go_on(running: Running) -> None:
    ann, bob = await running.client("ann"), await running.client("bob")
    token = await running.session("bob")
    await ann.rpc("messages.send", channel_url=CHANNEL, message="before")
    path = f"/group_channels/{CHANNEL}/messages"
    assert await ready(running) == 200
    with disk.full(running.directory):
        told = await running.api("POST", path, 503, user_id="ann", message="lost")
        assert told["code"] == 500901
        reply = await ann.rpc("messages.send", channel_url=CHANNEL, message="lost", req_id="1")
        assert (reply["error"]["code"], reply["error"]["temporary"]) == (100, True)
        assert await ready(running) == 503
        assert await metric(running, "chatd_store_writable") == 0
        assert await metric(running, "chatd_writes_refused_total") >= 2
        found = await running.api("GET", f"{path}?message_ts=0&next_limit=10")
        assert [each["message"] for each in found["messages"]] == ["before"]
        assert len((await running.api("GET", "/users"))["users"]) == 2
        assert "rpc" in await ann.rpc("channels.typing", channel_url=CHANNEL, typing=True)
        epoch = bob.subscription["epoch"]
        again = await Client.logged_in(running.port, token, recover=True, offset=1, epoch=epoch)
        assert again.subscription["recovered"] is True
    # Nobody writes; it notices by itself.
    await until_ready(running)
    assert await metric(running, "chatd_store_writable") == 1
    assert "rpc" in await ann.rpc("messages.send", channel_url=CHANNEL, message="after", req_id="1")
    texts = [(await bob.publication("message.created"))["data"]["message"]["message"] for _ in range(2)]
    assert texts == ["before", "after"]


async def test_it_starts_on_a_full_disk(tmp_path: Path, nursery: trio.Nursery) -> None:
    directory = tmp_path / "data"
    token = make_token(directory)
    store = Store.open(directory, int(MAP_GIB * 2**30))
    made = itertools.count()
    with disk.limited((directory / "data.mdb").stat().st_size):
        with pytest.raises(StorageFailed):
            while True:
                # An old snapshot would hold pages that the server finds free.
                store.refresh()
                store.write_now(0, applications.create, f"shop{next(made)}")
        store.close()
        started: list[Started] = []
        config = replace(QUICK, server=replace(QUICK.server, data_dir=str(directory)))
        nursery.start_soon(serve, config, started.append)
        with trio.fail_after(20):
            while not started:
                await trio.sleep(0.01)
        running = Running(started[0].port, directory, token, "http")
        assert started[0].owner_link is None
        with trio.fail_after(20):
            while await ready(running) != 503:
                await trio.sleep(0.01)
        assert (await running.api("GET", "/users"))["users"] == []
        await running.api("POST", "/users", 503, user_id="ann", nickname="n" * 80, profile_url="https://x.example")
    await until_ready(running)
    await running.api("POST", "/users", user_id="ann", nickname="ann")
    nursery.cancel_scope.cancel()
