"""The Platform API as a backend meets it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import httpx
import pytest
import trio

from chatd.http.platform.routes import ROUTES
from tests.gateway.client import Client
from tests.gateway.conftest import CHANNEL, Running, Start

PAGE = (Path(__file__).parents[2] / "docs" / "platform-api.md").read_text("utf-8")


ROOM = f"/group_channels/{CHANNEL}"


def test_the_page_lists_exactly_what_there_is() -> None:
    """`{channel_type}` stands for both kinds of channels."""
    lines = re.findall(r"\| `((?:GET|POST|PUT|DELETE) /[^`]+)` \|", PAGE)
    listed = {line.replace("{channel_type}", each) for line in lines for each in ("group_channels", "open_channels")}
    assert listed == {f"{route.method} {route.path}" for route in ROUTES}


@pytest.mark.parametrize(
    ("method", "path", "body", "code"),
    [
        ("POST", "/users", {"user_id": "ann", "nickname": ""}, 400202),
        ("POST", "/users/nobody/erase", {}, 400201),
        ("POST", "/privacy/gdpr", {"action": "access"}, 400105),
        ("POST", "/privacy/gdpr", {"user_ids": []}, 400105),
        ("POST", "/privacy/gdpr", {"user_ids": ["ann"], "channel_delete_option": "some"}, 400111),
        ("GET", "/privacy/gdpr/7", {}, 400201),
        ("GET", "/privacy/gdpr/x", {}, 400151),
        ("PUT", "/applications/settings_global", {"message_retention_hours": 0}, 400113),
        ("PUT", "/applications/settings_global", {"message_retention_count": -2}, 400113),
        ("POST", "/users", {"user_id": "new"}, 400105),
        ("POST", "/users", {"user_id": 5, "nickname": ""}, 400100),
        ("POST", "/users", {"user_id": "", "nickname": ""}, 400151),
        ("POST", "/users", {"user_id": "x" * 81, "nickname": ""}, 400110),
        ("POST", "/users", {"user_id": "n", "nickname": "n", "issue_access_token": True}, 400920),
        ("GET", "/users/nobody", {}, 400201),
        ("GET", "/users?limit=101", {}, 400113),
        ("GET", "/users?limit=many", {}, 400101),
        ("GET", "/users?token=nonsense", {}, 400111),
        ("GET", f"/group_channels/{CHANNEL}/messages", {}, 400105),
        ("GET", f"/group_channels/{CHANNEL}/messages?message_ts=-1", {}, 400106),
        ("GET", f"/group_channels/{CHANNEL}/messages/abc", {}, 400101),
        ("GET", f"/group_channels/{CHANNEL}/messages/999999", {}, 400201),
        (
            "POST",
            f"/group_channels/{CHANNEL}/messages",
            {"user_id": "ann", "message_type": "FILE", "message": "x"},
            400105,
        ),
        ("POST", f"/group_channels/{CHANNEL}/invite", {"user_ids": ["nobody"]}, 400201),
        ("POST", f"/group_channels/{CHANNEL}/invite", {"user_ids": ["x"] * 101}, 400203),
        ("GET", "/search/messages", {}, 400105),
        ("GET", "/search/messages?query=%22%21%22", {}, 400111),
        ("GET", f"/search/messages?query={'+'.join(map(str, range(33)))}", {}, 400203),
        ("GET", "/search/messages?query=one&sort_field=age", {}, 400111),
        ("GET", "/search/messages?query=one&reverse=true", {}, 400112),
        ("GET", "/nothing", {}, 400404),
        ("PUT", "/users", {}, 400404),
        ("GET", "/group_channels//messages?message_ts=0", {}, 400151),
    ],
)
async def test_errors_have_their_codes(
    running: Running, method: str, path: str, body: dict[str, Any], code: int
) -> None:
    answer = await running.api(method, path, 400, **body)
    assert (answer["error"], answer["code"]) == (True, code)
    assert answer["message"]


async def test_ids_may_hold_what_paths_may_not(running: Running) -> None:
    await running.api("POST", "/users", user_id="a b/@c", nickname="odd")
    assert (await running.api("GET", "/users/a%20b%2F%40c"))["nickname"] == "odd"


async def test_lists_in_queries_come_in_every_form(running: Running) -> None:
    await running.api("POST", "/users", user_id="a,b", nickname="comma")
    for value, expected in [
        ("user_ids=ann,bob", ["ann", "bob"]),
        ("user_ids=ann%2Cbob", ["ann", "bob"]),
        ("user_ids[]=ann&user_ids[]=bob", ["ann", "bob"]),
        ("user_ids=a%2Cb,ann", ["a,b", "ann"]),
        ("user_ids=a%252Cb", ["a,b"]),
    ]:
        listed = (await running.api("GET", f"/users?{value}"))["users"]
        assert [user["user_id"] for user in listed] == expected, value


async def test_pages_follow_each_other_to_the_end(running: Running) -> None:
    for n in range(5):
        await running.api("POST", "/users", user_id=f"user{n}", nickname="")
    found, token, pages = [], "", 0
    while pages == 0 or token:
        page = await running.api("GET", f"/users?limit=3&token={token}")
        found += [user["user_id"] for user in page["users"]]
        token, pages = page["next"], pages + 1
    assert (found, pages) == (["ann", "bob", *(f"user{n}" for n in range(5))], 3)


async def test_text_is_a_number_in_queries_only(running: Running) -> None:
    body = {"user_id": "ann", "message": "x", "is_silent": "true"}
    assert (await running.api("POST", f"{ROOM}/messages", 400, **body))["code"] == 400104
    assert (await running.api("POST", f"{ROOM}/messages?is_silent=True", user_id="ann", message="x"))["silent"] is True


@pytest.mark.parametrize(
    ("path", "code"), [("/users/a%0Ab", 400201), ("/users/%00", 400151), ("/users/%ff", 400114), ("//users", 400404)]
)
async def test_odd_paths(running: Running, path: str, code: int) -> None:
    assert (await running.api("GET", path, 400))["code"] == code


@pytest.mark.parametrize("token", ["", "nonsense", "é"])
async def test_without_a_token_there_is_nothing(running: Running, token: str) -> None:
    async with httpx.AsyncClient(verify=False) as client:
        answer = await client.get(f"{running.url}/v3/users", headers={"Api-Token": token.encode()})
    assert (answer.status_code, answer.json()["code"]) == (400, 400401)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, 400403),
        (b"[1]", 400, 400403),
        (b"\xff", 400, 400403),
        (b'{"a": "' + b"x" * 30_000 + b'"}', 413, 400403),
    ],
)
async def test_bodies_that_are_none(running: Running, body: bytes, status: int, code: int) -> None:
    async with httpx.AsyncClient(verify=False) as client:
        headers = {"Api-Token": running.token}
        answer = await client.post(f"{running.url}/v3/users", headers=headers, content=body)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
        again = await client.get(f"{running.url}/v3/users", headers=headers)
        assert again.status_code == 200


async def test_requests_may_be_pipelined_and_chunked(running: Running) -> None:
    client = await Client.open(running.port)
    head = f"Host: x\r\nApi-Token: {running.token}\r\n"
    body = '{"user_id": "cid", "nickname": "Cid"}'
    chunked = f"Transfer-Encoding: chunked\r\n\r\n{len(body):x}\r\n{body}\r\n0\r\n\r\n"
    requests = f"POST /v3/users HTTP/1.1\r\n{head}{chunked}" + f"GET /v3/users/cid HTTP/1.1\r\n{head}\r\n" * 2
    await client.send(requests.encode())
    for _ in range(3):
        answer = await client.head()
        assert answer.startswith(b"HTTP/1.1 200 ")
        size = int(re.findall(rb"content-length: (\d+)", answer)[0])
        with trio.fail_after(5):
            while len(client._buffer) < size:
                await client._more()
        client._buffer = client._buffer[size:]
    await client.stream.aclose()


async def test_a_peer_that_takes_nothing_is_cut_off(start: Start) -> None:
    running = await start(http={"send_seconds": 0.5})
    await running.people("ann", "bob")
    for n in range(40):
        await running.api("POST", f"/group_channels/{CHANNEL}/messages", user_id="ann", message=f"{n}" * 1000)
    client = await Client.open(running.port)
    path = f"/v3/group_channels/{CHANNEL}/messages?message_ts=0&next_limit=200"
    request = f"GET {path} HTTP/1.1\r\nHost: x\r\nApi-Token: {running.token}\r\n\r\n".encode()
    with trio.fail_after(20), pytest.raises(trio.BrokenResourceError):
        await _send_for_ever(client, request * 20)
    assert (await running.api("GET", "/users/ann"))["user_id"] == "ann"


async def _send_for_ever(client: Client, data: bytes) -> None:
    while True:
        await client.send(data)
