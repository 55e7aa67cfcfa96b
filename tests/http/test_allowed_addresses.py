"""From where backends may call."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.gateway.conftest import Running

LIST = "/applications/settings/ip_whitelist"
INVALID = {"error": True, "message": "The API token is not valid.", "code": 400401}


async def answer(running: Running, method: str, path: str, *, behind: str = "", **body: Any) -> httpx.Response:
    """What a call is answered that a proxy on this machine makes for somebody."""
    headers = {"Api-Token": running.token} | ({"X-Forwarded-For": behind} if behind else {})
    async with httpx.AsyncClient(base_url=f"{running.url}/v3") as client:
        return await client.request(method, path, headers=headers, json=body)


async def put(running: Running, *networks: str, behind: str = "") -> Any:
    found = await answer(running, "PUT", LIST, behind=behind, ip_whitelist_addresses=networks)
    return found.json()


async def test_without_a_list_from_everywhere(running: Running) -> None:
    assert (await answer(running, "GET", LIST, behind="203.0.113.9")).json() == {"ip_whitelist_addresses": []}


async def test_others_are_answered_as_those_without_a_token(running: Running) -> None:
    await put(running, "203.0.113.0/24", "2001:db8::/32")
    for address in ("203.0.113.9", "2001:db8::7", "198.51.100.1, 203.0.113.9"):
        assert (await answer(running, "GET", "/users", behind=address)).status_code == 200, address
    for address in ("", "198.51.100.1", "2001:db9::7", "203.0.113.9, 198.51.100.1", "nonsense"):
        refused = await answer(running, "GET", "/users", behind=address)
        assert (refused.status_code, refused.json()) == (400, INVALID), address
    async with httpx.AsyncClient(base_url=f"{running.url}/v3") as client:
        unknown = await client.get("/users", headers={"Api-Token": "unknown"})
    assert unknown.json() == INVALID


async def test_networks_are_added_and_taken_away(running: Running) -> None:
    await put(running, "127.0.0.1", "::1")
    found = await put(running, "10.1.2.3/8", "127.0.0.1/32")
    assert found == {"ip_whitelist_addresses": ["127.0.0.1/32", "::1/128", "10.0.0.0/8"]}
    removed = await answer(running, "DELETE", f"{LIST}?ip_whitelist_addresses=10.0.0.0%2F8,%3A%3A1")
    assert removed.json() == {"ip_whitelist_addresses": ["127.0.0.1/32"]}
    assert (await answer(running, "DELETE", LIST)).json() == {"ip_whitelist_addresses": []}
    assert (await answer(running, "GET", "/users", behind="198.51.100.1")).status_code == 200


@pytest.mark.parametrize("network", ["", "somewhere", "10.0.0.0/33", "1.2.3"])
async def test_what_is_no_network_is_refused(running: Running, network: str) -> None:
    found = await answer(running, "PUT", LIST, ip_whitelist_addresses=[network])
    assert found.json()["code"] in (400111, 400151)
