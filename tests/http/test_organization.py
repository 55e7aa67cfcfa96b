"""The organization API: applications made, listed and deleted with a key of their own."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import httpx
import pytest
import trio

from chatd.domain.tenants import applications, organization
from chatd.store.store import Store
from tests.gateway.conftest import MAP_GIB, Running, Start

HEADER = "SENDBIRDORGANIZATIONAPITOKEN"


class Organization:
    """A running server, and a key of its organization."""

    def __init__(self, running: Running, key: str) -> None:
        self.running = running
        self.key = key

    async def call(self, method: str, path: str, status: int = 200, key: str | None = None, **body: Any) -> Any:
        headers = {HEADER: self.key if key is None else key}
        url = path if path.startswith("http") else f"{self.running.url}/api/v2{path}"
        async with httpx.AsyncClient() as client:
            answer = await client.request(method, url, headers=headers, json=body or None)
        assert answer.status_code == status, answer.text
        return answer.json()


@pytest.fixture
async def ours(start: Start, tmp_path: Path) -> Organization:
    store = Store.open(tmp_path / "data", int(MAP_GIB * 2**30))
    store.write_now(0, applications.ensure_main)
    secret, _ = store.write_now(0, organization.create_key, "tests")
    store.close()
    return Organization(await start(), secret)


async def test_an_application_is_made_used_and_deleted(ours: Organization) -> None:
    made = await ours.call("POST", "/applications", app_name="Night Shop!", region_key="eu-1")
    assert made["app_name"] == "Night Shop!"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", made["created_at"])
    assert made["region"].keys() == {"region_key", "region_name"}
    backend = Running(ours.running.port, ours.running.directory, made["api_token"], "http")
    await backend.api("POST", "/users", user_id="ann", nickname="Ann")
    assert [user["user_id"] for user in (await backend.api("GET", "/users"))["users"]] == ["ann"]
    assert (await ours.running.api("GET", "/users"))["users"] == []
    seen = await ours.call("GET", f"/applications/{made['app_id']}")
    assert seen == made | {"api_token": ""}
    assert await ours.call("DELETE", f"/applications/{made['app_id']}") == {}
    assert (await backend.api("GET", "/users", 400))["code"] == 400401
    assert (await ours.call("GET", f"/applications/{made['app_id']}", 400))["code"] == 400201


async def test_the_list_comes_in_windows(ours: Organization) -> None:
    for n in range(4):
        await ours.call("POST", "/applications", app_name=f"Shop {n % 2}")
    found, url = [], "/applications?limit=2"
    with trio.fail_after(5):
        while url:
            page = await ours.call("GET", url)
            assert page["count"] == 5
            found += [each["app_name"] for each in page["results"]]
            url, last = page["next"], page
    assert found == ["main", "Shop 0", "Shop 1", "Shop 0", "Shop 1"]
    before = await ours.call("GET", last["previous"])
    assert [each["app_name"] for each in before["results"]] == ["Shop 1", "Shop 0"]


async def test_it_takes_a_key_and_what_makes_sense(ours: Organization) -> None:
    for key in ("", "wrong", ours.running.token):
        assert (await ours.call("GET", "/applications", 400, key))["code"] == 400401
    for path, code in (("?limit=0", 400113), ("?limit=x", 400101), ("?offset=-1", 400106)):
        assert (await ours.call("GET", f"/applications{path}", 400))["code"] == code
    assert (await ours.call("POST", "/applications", 400, region_key="x"))["code"] == 400105
    assert (await ours.call("POST", "/applications", 400, app_name=" "))["code"] == 400105
    assert (await ours.call("POST", "/applications", 400, app_name="x" * 101))["code"] == 400110
    assert (await ours.call("DELETE", "/applications/nothing", 400))["code"] == 400201


async def test_only_the_operators_tokens_make_and_end_others(running: Running) -> None:
    made = await running.api("POST", "/applications/api_tokens", label="worker")
    worker = Running(running.port, running.directory, made["token"], "http")
    assert len((await worker.api("GET", "/users"))["users"]) == 2
    assert (await worker.api("POST", "/applications/api_tokens", 400))["code"] == 400108
    first, second = (await running.api("GET", "/applications/api_tokens"))["api_tokens"]
    assert (first["is_secondary"], second["is_secondary"], second["label"]) == (False, True, "worker")
    assert await running.api("GET", f"/applications/api_tokens/{made['token']}") == second
    assert (await running.api("DELETE", f"/applications/api_tokens/{first['token']}", 400))["code"] == 400920
    assert await running.api("DELETE", f"/applications/api_tokens/{made['token']}") == {}
    assert (await worker.api("GET", "/users", 400))["code"] == 400401
    assert (await running.api("GET", f"/applications/api_tokens/{second['token']}", 400))["code"] == 400201
