"""The client's side of an exchange: one connection in JSON, and requests over HTTP."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import trio
from trio_websocket import ConnectionClosed, WebSocketConnection, connect_websocket_url

DEADLINE_SECONDS = 10


class Client:
    """Does what lines of an exchange say, as a client and as a backend."""

    def __init__(self, nursery: trio.Nursery, http: httpx.AsyncClient, url: str, api_token: str) -> None:
        self._nursery = nursery
        self._http = http
        self._url = url
        self._api_token = api_token
        self._connection: WebSocketConnection | None = None
        self._waiting: list[Any] = []

    async def open(self) -> None:
        """Connect."""
        where = f"{self._url.replace('http', 'ws', 1)}/connection/websocket"
        self._connection = await connect_websocket_url(self._nursery, where)
        self._waiting = []

    async def be_known(self, token: str) -> None:
        """Connect once and go: that a user has ever been there is told to them, once, some time after."""
        await self.open()
        profile = {"id": 2, "rpc": {"method": "users.update", "data": {}}}
        await self.send([{"id": 1, "connect": {"token": token}}, profile])
        await self.receive()
        await self.receive()
        await self.close()

    async def close(self) -> None:
        """Go without a word."""
        assert self._connection is not None
        await self._connection.aclose()

    async def send(self, commands: list[Any]) -> None:
        """Commands in one frame."""
        assert self._connection is not None
        await self._connection.send_message("\n".join(map(json.dumps, commands)))

    async def receive(self) -> Any:
        """The next message of the server that is no ping, or how it has closed."""
        with trio.fail_after(DEADLINE_SECONDS):
            while not self._waiting:
                assert self._connection is not None
                try:
                    frame = await self._connection.get_message()
                except ConnectionClosed as end:
                    return {"closed": _why(end)}
                await self._take(frame)
        return {"server": self._waiting.pop(0)}

    async def _take(self, frame: str) -> None:
        for message in map(json.loads, frame.splitlines()):
            if message:
                self._waiting.append(message)
            else:
                await self.send([{}])

    async def call(self, line: Any) -> Any:
        """A request of a backend, with its key; the answer."""
        headers = {"Api-Token": self._api_token}
        return await self._request(line["method"], line["path"], headers, json=line["body"])

    async def upload(self, line: Any) -> Any:
        """A file of the user; the answer."""
        headers = {"Authorization": f"Bearer {line['token']}", "Content-Type": line["type"]}
        return await self._request("POST", line["path"], headers, content=line["content"].encode())

    async def _request(self, method: str, path: str, headers: dict[str, str], **body: Any) -> Any:
        answer = await self._http.request(method, self._url + path, headers=headers, **body)
        return answer.raise_for_status().json()


def _why(end: ConnectionClosed) -> Any:
    return end.reason and {"code": int(end.reason.code), "reason": end.reason.reason}


@asynccontextmanager
async def client(url: str, api_token: str) -> AsyncIterator[Client]:
    """A client that ends with the block."""
    async with trio.open_nursery() as nursery, httpx.AsyncClient(timeout=DEADLINE_SECONDS) as http:
        yield Client(nursery, http, url, api_token)
        nursery.cancel_scope.cancel()
