"""The way between one client and the model, which a test can harm. All of it runs by Trio's clock."""

from __future__ import annotations

import json
import math
from collections import deque
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any

import trio

from chatd.client.failures import Unreachable
from chatd.client.socket import Socket, SocketClosed
from tests.client.commands import call
from tests.client.model import Entry, Model
from tests.client.place import ME, Json, Refusal

STREAM = "~"
TOKEN_SECONDS = 40
PING_SECONDS = 25
LATENCY = 0.005


class World:
    """A server and its network. `skew`: how far its clock is from the client's, in seconds."""

    def __init__(self, urls: Iterable[str], nursery: trio.Nursery, skew: float) -> None:
        self.model = Model(urls, self._tell, self.now)
        # How long the answers to the next calls wait, beside the way; in seconds.
        self.delays: deque[float] = deque()
        self.is_down = False
        self.nursery = nursery
        self._skew = skew
        self._links: set[Link] = set()
        self._tokens = 0
        self._oldest_token = 0

    def now(self) -> int:
        """The server's time, in ms."""
        return int((1_800_000_000 + trio.current_time() + self._skew) * 1000)

    async def token(self) -> str:
        """What the client's own backend gives."""
        self._tokens += 1
        return f"{self._tokens} {self.now() + TOKEN_SECONDS * 1000}"

    def accepts(self, token: str) -> bool:
        """Whether a token is good still."""
        number, until = map(int, token.split())
        return number > self._oldest_token and until > self.now()

    @asynccontextmanager
    async def dial(self) -> AsyncIterator[Socket]:
        """A connection."""
        await trio.sleep(LATENCY)
        if self.is_down:
            raise Unreachable("It is down.")
        link = Link(self)
        self._links.add(link)
        self.nursery.start_soon(link.serve)
        self.nursery.start_soon(link.ping)
        try:
            yield Socket(link.to_server.put, link.to_client.get)
        finally:
            link.lose(1000)
            self._links.discard(link)

    def cut(self, code: int = 1006) -> None:
        """End all connections, with whatever is on its way in them."""
        for link in self._links:
            link.lose(code)
        self._links.clear()

    def silence(self) -> None:
        """Nothing arrives any more, and nobody is told."""
        for link in self._links:
            link.to_client.is_silent = link.to_server.is_silent = True

    def expire_tokens(self) -> None:
        """No token of before is good any more."""
        self._oldest_token = self._tokens
        self.cut(3005)

    def repeat(self, count: int) -> None:
        """Tell the last few publications once more."""
        for link in self._links:
            for entry in self.model.log[-count:]:
                link.tell(entry)

    def _tell(self, entry: Entry) -> None:
        for link in self._links:
            link.tell(entry)


class Pipe:
    """One direction. What is put into it comes out after the latency, in the same order."""

    def __init__(self) -> None:
        self.is_silent = False
        self.code = 0
        self._send, self._receive = trio.open_memory_channel[tuple[float, str]](math.inf)

    async def put(self, text: str) -> None:
        """From the client."""
        self.push(text)
        await trio.lowlevel.checkpoint()

    def push(self, text: str) -> None:
        """Unless it is closed, or nothing arrives."""
        if not self.is_silent and not self.code:
            self._send.send_nowait((trio.current_time() + LATENCY, text))

    async def get(self) -> str:
        """What comes next. Raises SocketClosed."""
        try:
            due, text = await self._receive.receive()
        except trio.EndOfChannel:
            raise SocketClosed(self.code, "") from None
        await trio.sleep_until(due)
        if self.code:
            raise SocketClosed(self.code, "")
        return text

    def close(self, code: int) -> None:
        """With whatever is in it."""
        self.code = self.code or code
        self._send.close()


class Link:
    """One connection, as the server sees it."""

    def __init__(self, world: World) -> None:
        self.to_client, self.to_server = Pipe(), Pipe()
        self._world = world
        self._is_subscribed = False

    def lose(self, code: int) -> None:
        """It is over."""
        if not self.to_client.is_silent:
            self.to_client.close(code)
        self.to_server.close(code)

    def tell(self, entry: Entry) -> None:
        """An entry of the log."""
        if self._is_subscribed and (data := entry.data()) is not None:
            self._push({"push": {"channel": STREAM, "pub": {"offset": entry.offset, "data": data}}})

    async def serve(self) -> None:
        """Answer until it is over."""
        while True:
            try:
                text = await self.to_server.get()
            except SocketClosed:
                return
            for line in text.split("\n"):
                self._answer(json.loads(line))

    async def ping(self) -> None:
        """As servers do."""
        while not self.to_client.code:
            await trio.sleep(PING_SECONDS)
            self._push({})

    def _push(self, reply: Json) -> None:
        self.to_client.push(json.dumps(reply))

    def _answer(self, command: Json) -> None:
        number = command.get("id")
        if "connect" in command:
            self._connect(number, command["connect"]["token"])
        elif "refresh" in command:
            self._refresh(number, command["refresh"]["token"])
        elif "subscribe" in command:
            self._subscribe(number, **command["subscribe"])
        elif "rpc" in command:
            self._world.nursery.start_soon(self._reply, self._done(number, **command["rpc"]))

    def _connect(self, number: Any, token: str) -> None:
        if not self._world.accepts(token):
            return self._push({"id": number, "error": {"code": 109, "message": "token expired", "temporary": True}})
        life = {"expires": True, "ttl": TOKEN_SECONDS, "ping": PING_SECONDS, "pong": True}
        data = {"user": {"user_id": ME, "nickname": ME}}
        return self._push({"id": number, "connect": {"client": "c", "version": "model", "data": data, **life}})

    def _refresh(self, number: Any, token: str) -> None:
        if self._world.accepts(token):
            self._push({"id": number, "refresh": {"expires": True, "ttl": TOKEN_SECONDS}})
        else:
            self.lose(3005)

    def _subscribe(self, number: Any, *, recover: bool = False, offset: int = 0, epoch: str = "", **_: Any) -> None:
        model = self._world.model
        missed = model.missed(offset, epoch) if recover else None
        self._is_subscribed = True
        told = [(entry.offset, entry.data()) for entry in missed or ()]
        result = {
            "epoch": str(model.epoch),
            "offset": model.offset if missed is None else offset,
            "was_recovering": recover,
            "recovered": missed is not None,
            "publications": [{"offset": at, "data": data} for at, data in told if data is not None],
        }
        self._push({"id": number, "subscribe": result})

    async def _reply(self, reply: Json) -> None:
        """It is done by now; the answer may wait."""
        if self._world.delays:
            await trio.sleep(self._world.delays.popleft())
        self._push(reply)

    def _done(self, number: Any, *, method: str, data: Json) -> Json:
        try:
            return {"id": number, "rpc": {"data": call(self._world.model, method, data)}}
        except Refusal as refusal:
            return {"id": number, "error": {"code": refusal.code, "message": str(refusal)}}
