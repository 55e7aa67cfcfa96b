"""Visitors over HTTP: who comes by the widget without an account."""

from __future__ import annotations

from typing import Any

import httpx
from msgspec.structs import replace

from chatd.config import Visitors
from tests.gateway.client import Client
from tests.gateway.conftest import Running, Start

HOSTS = Visitors(hosts=("ann",), welcome="Hello!", new_per_minute=2)


async def visit(running: Running, status: int = 200, origin: str = "", **body: str) -> dict[str, Any]:
    async with httpx.AsyncClient(base_url=running.url) as web:
        answer = await web.post("/widget/visit", json=body, headers={"Origin": origin or running.url})
    assert answer.status_code == status, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_a_visitor_comes_connects_and_comes_back(start: Start) -> None:
    running = await start(visitors=HOSTS)
    await running.people("ann", "bob")
    found = await visit(running, nickname="Vera")
    client = await Client.logged_in(running.port, found["token"])
    sent = await client.rpc("messages.send", channel_url=found["channel"], message="Open?")
    assert sent["rpc"]["data"]["user"]["nickname"] == "Vera"
    refused = await client.request(rpc={"method": "users.list", "data": {}})
    assert refused["error"]["code"] == 408
    assert "error" in await client.request(subscribe={"channel": "open:hall"})
    await client.stream.aclose()
    assert await visit(running, token=found["token"]) == found


async def test_files_of_a_visitor_have_a_quota(start: Start) -> None:
    running = await start(visitors=replace(HOSTS, max_file_bytes=10))
    await running.people("ann", "bob")
    token = (await visit(running, nickname="Vera"))["token"]
    async with httpx.AsyncClient(base_url=running.url, headers={"Authorization": f"Bearer {token}"}) as web:
        answers = [await web.post("/client/v1/files?name=a.txt", content=b"123456") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 400]


async def test_strangers_are_counted_and_told_apart(start: Start) -> None:
    running = await start(visitors=HOSTS)
    await running.people("ann", "bob")
    await visit(running, 400, origin="https://evil.example")
    await visit(running, 401, token="of nobody")
    await visit(running, 400, nickname="x" * 81)
    first, second = await visit(running), await visit(running)
    assert first["channel"] != second["channel"]
    assert (await visit(running, 429))["code"] == 500910


async def test_without_hosts_nobody_comes(running: Running) -> None:
    assert (await visit(running, 400))["code"] == 400108
