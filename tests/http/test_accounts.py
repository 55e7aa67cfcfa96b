"""Accounts and pages, over HTTP."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import trio

from chatd.http import signing_in
from tests.gateway.client import Client
from tests.gateway.conftest import Running, Start

PASSWORD = "correct horse"
ROOT = Path(__file__).parents[2]


@pytest.fixture
async def web(start: Start) -> AsyncIterator[httpx.AsyncClient]:
    running: Running = await start()
    async with httpx.AsyncClient(base_url=running.url, timeout=20, verify=False) as client:
        client.headers["x-test-directory"] = str(running.directory)
        yield client


async def owner_secret(web: httpx.AsyncClient) -> str:
    """An owner's invite from the command line; the server sees it within about a second."""
    directory = web.headers["x-test-directory"]
    command = [sys.executable, "-m", "chatd", "account", "invite", "--role", "owner", "--data-dir", directory]
    done = await trio.run_process(command, capture_stdout=True, cwd=ROOT)
    secret = done.stdout.decode().strip().rsplit("/", 1)[1]
    with trio.fail_after(10):
        while (await web.get(f"/auth/invites/{secret}")).status_code != 200:
            await trio.sleep(0.05)
    return secret


async def sign_up(web: httpx.AsyncClient, secret: str, login: str) -> httpx.Response:
    web.cookies.clear()
    return await web.post(f"/auth/invites/{secret}", json={"login": login, "password": PASSWORD, "nickname": login})


async def test_from_the_first_link_to_the_chat(web: httpx.AsyncClient) -> None:
    secret = await owner_secret(web)
    made = await sign_up(web, secret, "Ann")
    assert made.json()["login"] == "ann"
    assert made.json()["role"] == "owner"
    cookie = made.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert (await sign_up(web, secret, "eve")).json()["code"] == 400201
    assert (await web.get(f"/auth/invites/{secret}")).status_code == 404
    web.cookies.clear()
    assert (await web.get("/auth/me")).status_code == 401
    await web.post("/auth/sign_in", json={"login": "ann", "password": PASSWORD})
    assert (await web.get("/auth/me")).json()["user_id"] == "ann"
    invite = (await web.post("/auth/invites", json={"role": "member"})).json()["url"]
    token = (await web.post("/auth/token")).json()["token"]
    me = await web.post("/client/v1/rpc/users.me", headers={"Authorization": f"Bearer {token}"})
    assert me.json()["user_id"] == "ann"
    client = await Client.logged_in(web.base_url.port or 0, token)
    await client.stream.aclose()
    await web.post("/auth/sign_out")
    assert (await web.get("/auth/me")).status_code == 401
    bob = await sign_up(web, invite.rsplit("/", 1)[1], "bob")
    assert bob.json()["role"] == "member"
    refused = await web.post("/auth/invites", json={"role": "owner"})
    assert refused.json()["code"] == 400108


@pytest.mark.slow
async def test_guessing_is_slow_and_says_nothing(web: httpx.AsyncClient) -> None:
    await sign_up(web, await owner_secret(web), "ann")
    answers = [
        await web.post("/auth/sign_in", json={"login": login, "password": "wrong"}) for login in ("ann", "nobody")
    ]
    assert answers[0].json() == answers[1].json()
    for _ in range(8):
        await web.post("/auth/sign_in", json={"login": "ann", "password": "wrong"})
    blocked = await web.post("/auth/sign_in", json={"login": "ann", "password": PASSWORD})
    assert blocked.status_code == 429
    assert int(blocked.headers["retry-after"]) > 0


@pytest.mark.slow
async def test_guessing_in_parallel_is_no_way_around(web: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    # A busy machine may take long for ten of them.
    monkeypatch.setattr(signing_in, "HASHING_SECONDS", 120)
    codes: list[int] = []

    async def guess(number: int) -> None:
        answer = await web.post("/auth/sign_in", json={"login": "ann", "password": f"guess {number}"})
        codes.append(answer.status_code)

    async with trio.open_nursery() as nursery:
        for number in range(25):
            nursery.start_soon(guess, number)
    assert sorted(codes) == [400] * 10 + [429] * 15


@pytest.mark.slow
async def test_a_proxy_on_this_machine_says_for_whom_it_asks(web: httpx.AsyncClient) -> None:
    async def guess(number: int, forwarded: str) -> int:
        wrong = {"login": f"nobody{number}", "password": "wrong"}
        return (await web.post("/auth/sign_in", json=wrong, headers={"X-Forwarded-For": forwarded})).status_code

    assert {await guess(number, f"{number}.1.1.1, 198.51.100.7") for number in range(10)} == {400}
    assert await guess(11, "198.51.100.7") == 429
    assert await guess(12, "198.51.100.8") == 400


@pytest.mark.parametrize("path", ["/auth/sign_in", "/auth/sign_out", "/auth/token", "/auth/invites", "/auth/invites/x"])
async def test_pages_of_others_may_do_nothing(web: httpx.AsyncClient, path: str) -> None:
    answer = await web.post(path, json={}, headers={"Origin": "https://evil.example"})
    assert answer.json()["code"] == 400108


@pytest.mark.parametrize(
    "body", [{}, {"login": "ann"}, {"login": 5, "password": "x"}, {"login": "ann\0", "password": "x" * 9000}]
)
async def test_odd_sign_ins(web: httpx.AsyncClient, body: dict[str, object]) -> None:
    answer = await web.post("/auth/sign_in", json=body)
    assert answer.status_code == 400
    assert answer.json()["error"] is True


@pytest.mark.parametrize("token", ["", "Bearer", "Bearer x", "Basic abc"])
async def test_rpc_needs_a_session(web: httpx.AsyncClient, token: str) -> None:
    answer = await web.post("/client/v1/rpc/users.me", headers={"Authorization": token})
    assert (answer.status_code, answer.json()["code"]) == (401, 400303)
