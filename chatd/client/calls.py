"""Commands on one connection, and those who wait for their replies."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

import orjson
import trio

from chatd.client.failures import Failure, Refused, Unreachable
from chatd.client.socket import Socket, SocketClosed

# Commands that are not written yet; more wait before this.
MOST_WAITING = 256
# Codes below are the protocol's own: the connection is at fault.
FIRST_SERVER_CODE = 100
LOST = {"error": {"code": 0, "message": "The connection was lost before the answer came."}}

Json = dict[str, Any]


class Calls:
    """Replies come in any order and are told apart by their ids."""

    def __init__(self) -> None:
        self._send, self._waiting = trio.open_memory_channel[str](MOST_WAITING)
        self._last_id = 0
        self._takers: dict[int, Callable[[Json], None]] = {}

    async def begin(self, command: Json, take: Callable[[Json], None]) -> None:
        """Ask something; `take` gets the reply, in order with all else that comes."""
        text = self._numbered(command, take)
        with contextlib.suppress(trio.BrokenResourceError, trio.ClosedResourceError):  # who reads notices
            await self._send.send(text)

    async def ask(self, command: Json) -> Json:
        """Ask something and wait for the reply. Raises a Failure."""
        answer = _Answer()
        text = self._numbered(command, answer.take)
        number = self._last_id
        try:
            await self._send.send(text)
            return await answer.result()
        except (trio.BrokenResourceError, trio.ClosedResourceError):
            raise Unreachable("The connection is gone.") from None
        finally:
            self._takers.pop(number, None)

    def pong(self) -> None:
        """Answer a ping. When so much waits that nothing more fits, or the network takes nothing, it is of no use."""
        with contextlib.suppress(trio.WouldBlock, trio.BrokenResourceError):
            self._send.send_nowait("{}")

    def take(self, reply: Json) -> None:
        """A reply has come."""
        if take := self._takers.pop(reply["id"], None):
            take(reply)

    def end(self) -> None:
        """The connection is gone: whoever waits learns it."""
        self._send.close()
        takers, self._takers = self._takers, {}
        for take in takers.values():
            take(LOST)

    async def write(self, socket: Socket) -> None:
        """All that waits goes in one frame. Who reads notices when the connection is gone."""
        with self._waiting:
            async for first in self._waiting:
                lines = [first]
                while self._waiting.statistics().current_buffer_used:
                    lines.append(self._waiting.receive_nowait())
                try:
                    await socket.send("\n".join(lines))
                except SocketClosed:
                    return

    def _numbered(self, command: Json, take: Callable[[Json], None]) -> str:
        self._last_id += 1
        self._takers[self._last_id] = take
        return orjson.dumps({"id": self._last_id, **command}).decode()


class _Answer:
    """What somebody waits for."""

    def __init__(self) -> None:
        self._done = trio.Event()
        self._reply: Json = {}

    def take(self, reply: Json) -> None:
        self._reply = reply
        self._done.set()

    async def result(self) -> Json:
        await self._done.wait()
        if error := self._reply.get("error"):
            raise refusal(error)
        return self._reply


def refusal(error: Json) -> Failure:
    """An error of the protocol as what is raised."""
    code, message = error["code"], error["message"]
    if code < FIRST_SERVER_CODE:
        return Unreachable(message)
    return Refused.of(code)(message, code=code, temporary=error.get("temporary", False))
