"""The client of the Platform API: what it asks again, and for how long."""

from __future__ import annotations

from typing import Any

import anyio
import httpx
import pytest
import trio.testing

from chatd.client import Backend, Failure, Unreachable, errors

Answer = httpx.Response | Exception
BUSY = httpx.Response(429, json={"code": 500910, "message": "slow down"}, headers={"Retry-After": "7"})
BROKEN = httpx.Response(500, json={"code": 500901, "message": "a mistake"})
GONE = httpx.Response(400, json={"code": 400201, "message": "not found"})
DONE = httpx.Response(200, json={"done": True})
LOST = httpx.ReadError("lost")
REFUSED = httpx.ConnectError("refused")


class Server:
    """Gives these answers, one after the other, the last for ever; keeps what it was asked."""

    def __init__(self, *answers: Answer) -> None:
        self.asked: list[httpx.Request] = []
        self._answers = list(answers)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(answer.status_code, content=answer.content, headers=answer.headers)


async def ask(server: Server, method: str, body: dict[str, Any] | None = None) -> Any:
    transport = httpx.MockTransport(server)
    async with Backend("https://chat.example.com", "secret", deadline=60, transport=transport) as backend:
        return await backend.request(method, "/users/ann", body)


@pytest.mark.parametrize(
    ("method", "body", "answers", "times"),
    [
        ("GET", None, [LOST, BROKEN, DONE], 3),
        ("PUT", {"nickname": "Ann"}, [LOST, DONE], 2),
        ("POST", {"message": "hi", "req_id": "1"}, [LOST, BROKEN, DONE], 3),
        ("POST", {"message": "hi"}, [REFUSED, BUSY, DONE], 3),
        ("DELETE", None, [LOST, GONE], 2),
    ],
)
async def test_what_is_safe_is_asked_again(
    autojump_clock: trio.testing.MockClock, method: str, body: Any, answers: list[Answer], times: int
) -> None:
    server = Server(*answers)
    assert await ask(server, method, body) in ({"done": True}, {})
    assert len(server.asked) == times


@pytest.mark.parametrize(
    ("method", "body", "answer", "kind"),
    [
        ("POST", {"message": "hi"}, LOST, Unreachable),
        ("POST", {"message": "hi"}, BROKEN, errors.Internal),
        ("PUT", {"metacounter": {"a": 1}, "mode": "increase"}, LOST, Unreachable),
        ("DELETE", None, GONE, errors.NotFound),
        ("GET", None, GONE, errors.NotFound),
    ],
)
async def test_what_is_not_safe_is_asked_once(method: str, body: Any, answer: Answer, kind: type[Failure]) -> None:
    server = Server(answer)
    with pytest.raises(kind):
        await ask(server, method, body)
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/group_channels", {"user_ids": ["ann"], "req_id": "1"}),
        ("/open_channels", {"name": "Hall", "req_id": "1"}),
        ("/group_channels/garden/messages", {"message_type": "ADMM", "message": "hi", "req_id": "1"}),
    ],
)
async def test_a_request_id_without_a_user_is_none(path: str, body: Any) -> None:
    server = Server(LOST)
    async with Backend("https://chat.example.com", "secret", transport=httpx.MockTransport(server)) as backend:
        with pytest.raises(Unreachable):
            await backend.request("POST", path, body)
    assert len(server.asked) == 1


async def test_it_waits_as_long_as_the_server_says(autojump_clock: trio.testing.MockClock) -> None:
    began = trio.current_time()
    await ask(Server(BUSY, BUSY, DONE), "POST", {})
    assert trio.current_time() - began >= 14


async def test_a_deadline_ends_it(autojump_clock: trio.testing.MockClock) -> None:
    server = Server(BUSY)
    with pytest.raises(errors.RateLimited) as found:
        await ask(server, "GET")
    assert (found.value.code, found.value.status) == (500910, 429)
    assert trio.current_time() <= 60.1


def test_it_runs_on_asyncio_as_well() -> None:
    server = Server(LOST, DONE)
    assert anyio.run(ask, server, "GET", backend="asyncio") == {"done": True}


async def test_a_request_cut_off_in_flight_is_not_what_came_before(autojump_clock: trio.testing.MockClock) -> None:
    asked = []

    async def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        if len(asked) > 1:
            await trio.sleep_forever()
        return BUSY

    async with Backend("https://chat.example.com", "secret", transport=httpx.MockTransport(answer)) as backend:
        with pytest.raises(Unreachable):
            await backend.users.create("ann", "Ann")
    assert len(asked) == 2


@pytest.mark.parametrize("name", ["", ".", ".."])
async def test_what_would_be_another_path_is_no_id(name: str) -> None:
    server = Server(DONE)
    async with Backend("https://chat.example.com", "secret", transport=httpx.MockTransport(server)) as backend:
        with pytest.raises(ValueError, match="is no id"):
            await backend.moderation.unmute("kitchen", name)
    assert not server.asked


async def test_ids_in_paths_are_encoded() -> None:
    server = Server(DONE)
    async with Backend("https://chat.example.com", "secret", transport=httpx.MockTransport(server)) as backend:
        await backend.users.view("a/b c")
        await backend.request("GET", "/users", query={"show_bot": True, "user_ids": ["a", "b"]})
    assert server.asked[0].url.raw_path == b"/v3/users/a%2Fb%20c"
    assert server.asked[1].url.query == b"show_bot=true&user_ids=a%2Cb"
    assert server.asked[0].headers["Api-Token"] == "secret"
