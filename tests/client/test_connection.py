"""How a connection comes back, and what those who wait for it are told."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial

import orjson
import pytest
import trio
import trio.testing

from chatd.client import Chat, Session, SignedOut, Unreachable, errors
from chatd.client.socket import DIAL_SECONDS, Socket, SocketClosed, dial_to
from chatd.client.tokens import SOURCE_SECONDS, Tokens
from tests.client.network import World

URL = "https://chat.example.com"
LOGIN, SUBSCRIBED = {"data": {"user": {"user_id": "ann"}}}, {"epoch": "e", "offset": 1}


class Server:
    """Answers everything; `ends(dial, command)` says after which command of which connection that is over."""

    def __init__(self, ends: Callable[[int, str], bool]) -> None:
        self.dials = 0
        self._ends = ends

    @asynccontextmanager
    async def dial(self) -> AsyncIterator[Socket]:
        """A connection."""
        self.dials += 1
        number = self.dials
        put, get = trio.open_memory_channel[str](100)

        async def send(text: str) -> None:
            for command in map(orjson.loads, text.split("\n")):
                self._take(number, command, put)
            await trio.lowlevel.checkpoint()

        async def receive() -> str:
            try:
                return await get.receive()
            except trio.EndOfChannel:
                raise SocketClosed(1006, "") from None

        yield Socket(send, receive)

    def _take(self, number: int, command: dict[str, object], put: trio.MemorySendChannel[str]) -> None:
        name = next(name for name in ("connect", "subscribe", "rpc") if name in command)
        answers = {"connect": LOGIN, "subscribe": SUBSCRIBED, "rpc": {"data": {"done": True}}}
        if not self._ends(number, f"before {name}"):
            with_answer = {"id": command["id"], name: answers[name]}
            try:
                put.send_nowait(orjson.dumps(with_answer).decode())
            except trio.ClosedResourceError:
                return
        if self._ends(number, f"before {name}") or self._ends(number, f"after {name}"):
            put.close()


async def test_a_call_made_while_connecting_is_done_after_the_login(autojump_clock: trio.testing.MockClock) -> None:
    server = Server(lambda dial, what: (dial, what) in ((1, "after rpc"), (2, "before connect")))
    async with Session(URL, "token", dial=server.dial) as session:
        await session.call("first")
        await session.state_changed.until(lambda: session.state == "connecting")
        assert await session.call("second") == {"done": True}
    assert server.dials == 3


async def test_a_server_that_closes_after_each_login_is_left_alone(autojump_clock: trio.testing.MockClock) -> None:
    server = Server(lambda dial, what: what == "after subscribe")
    async with Session(URL, "token", dial=server.dial):
        await trio.sleep(600)
    assert server.dials < 120  # half of 20 seconds is the mean pause; with pauses of 0.25 it would be 2400


async def _gives(*what: str | Exception) -> Callable[[], Awaitable[str]]:
    rest = list(what)

    async def source() -> str:
        await trio.lowlevel.checkpoint()
        found = rest.pop(0)
        if isinstance(found, Exception):
            raise found
        return found

    return source


@pytest.mark.parametrize("error", [ValueError("no JSON"), KeyError("token"), OSError("down"), Unreachable("down")])
async def test_a_token_source_that_fails_is_asked_again(
    autojump_clock: trio.testing.MockClock, error: Exception
) -> None:
    server = Server(lambda dial, what: False)
    async with Session(URL, await _gives(error, "token"), dial=server.dial) as session:
        assert session.user_id == "ann"
    with pytest.raises(Unreachable, match=str(error)):
        await Tokens(await _gives(error)).current()


@pytest.mark.parametrize("error", [SignedOut("gone"), errors.NotFound("no such user", code=501)])
async def test_a_token_source_may_end_it(error: Exception) -> None:
    with pytest.raises(type(error)):
        async with Session(URL, await _gives(error), dial=Server(lambda dial, what: False).dial):
            pass


async def test_a_token_source_may_not_take_for_ever(autojump_clock: trio.testing.MockClock) -> None:
    with pytest.raises(Unreachable):
        await Tokens(trio.sleep_forever).current()
    assert trio.current_time() == pytest.approx(SOURCE_SECONDS)


async def test_a_channel_that_one_is_not_in_is_not_found(autojump_clock: trio.testing.MockClock) -> None:
    async with trio.open_nursery() as nursery:
        world = World(["garden"], nursery, 0)
        async with Chat(URL, world.token, dial=world.dial) as chat:
            call = chat._call

            async def public(method: str, **params: object) -> object:
                return {"channel_url": "park"} if method == "channels.view" else await call(method, **params)

            chat._call = public  # type: ignore[method-assign,assignment]
            with pytest.raises(errors.NotFound, match="park"):
                await chat.channels.find("park")
        nursery.cancel_scope.cancel()


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"HTTP/1.1 101 Swi",
        b"\0\1junk\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n",
    ],
)
async def test_what_is_no_websocket_is_unreachable(nursery: trio.Nursery, answer: bytes) -> None:
    async def serve(stream: trio.SocketStream) -> None:
        await stream.receive_some()
        await stream.send_all(answer)
        await stream.aclose()

    listeners = await nursery.start(partial(trio.serve_tcp, serve, 0, host="127.0.0.1"))
    port = listeners[0].socket.getsockname()[1]
    with pytest.raises(Unreachable), trio.fail_after(DIAL_SECONDS / 2):
        async with dial_to(f"ws://127.0.0.1:{port}/")():
            pass


async def test_a_server_that_hangs_up_before_anything_is_said(nursery: trio.Nursery) -> None:
    async def reset(stream: trio.SocketStream) -> None:
        stream.socket.setsockopt(trio.socket.SOL_SOCKET, trio.socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        await stream.aclose()

    listeners = await nursery.start(partial(trio.serve_tcp, reset, 0, host="127.0.0.1"))
    port = listeners[0].socket.getsockname()[1]
    with pytest.raises(Unreachable), trio.fail_after(DIAL_SECONDS / 2):
        async with dial_to(f"ws://127.0.0.1:{port}/")():
            pass


async def test_a_server_that_never_answers(autojump_clock: trio.testing.MockClock) -> None:
    async with trio.open_nursery() as nursery:
        listeners = await nursery.start(partial(trio.serve_tcp, _hold, 0, host="127.0.0.1"))
        port = listeners[0].socket.getsockname()[1]
        with pytest.raises(Unreachable):
            async with dial_to(f"ws://127.0.0.1:{port}/")():
                pass
        nursery.cancel_scope.cancel()


async def _hold(stream: trio.SocketStream) -> None:
    await trio.sleep_forever()
