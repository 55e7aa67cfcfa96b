"""A client that reads an endless answer, byte by byte by the rules, and writes in requests of its own."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import httpx
import trio
from centrifuge.protocol import client_pb2 as schema

from chatd.wire.protobuf import read_bytes, sized
from tests.gateway.client import PATIENCE_SECONDS, Client
from tests.gateway.conftest import Running

JSON, PROTOBUF, SSE = "json", "protobuf", "sse"


class StreamClient:
    """One session. `session` is its secret; `ended` is true when the last chunk has come."""

    def __init__(self, running: Running, client: Client, kind: str) -> None:
        self.running = running
        self.client = client
        self.kind = kind
        self.session = ""
        self.ended = False
        self._ids = 1
        self._waiting: list[dict[str, Any]] = []

    @classmethod
    async def begin(cls, running: Running, first: bytes, kind: str = JSON, headers: str = "") -> StreamClient:
        """Ask for the answer with first commands; `head` is its head."""
        client = await Client.open(running.port)
        if kind == SSE:
            await client.send(f"GET /connection/sse?cf_connect={quote(first)} HTTP/1.1\r\nHost: x\r\n".encode())
            await client.send(headers.encode() + b"\r\n")
        else:
            content = "Content-Type: application/octet-stream\r\n" if kind == PROTOBUF else ""
            head = f"POST /connection/http_stream HTTP/1.1\r\nHost: x\r\n{headers}{content}"
            await client.send(f"{head}Content-Length: {len(first)}\r\n\r\n".encode() + first)
        found = cls(running, client, kind)
        found.head = await client.head()
        return found

    head: bytes

    @classmethod
    async def logged_in(cls, running: Running, user_id: str, kind: str = JSON) -> StreamClient:
        """Log in and begin the stream `~`."""
        token = await running.session(user_id)
        if kind == PROTOBUF:
            connect = schema.ConnectRequest(token=token, data=b'{"stream":true}')
            first = sized(schema.Command(id=1, connect=connect).SerializeToString())
        else:
            first = json.dumps({"id": 1, "connect": {"token": token, "data": {"stream": True}}}).encode()
        found = await cls.begin(running, first, kind)
        assert found.head.startswith(b"HTTP/1.1 200 ")
        reply = await found.message()
        found.session = reply["connect"]["session"]
        assert reply["connect"]["node"]
        return found

    async def rpc(self, method: str, **params: Any) -> dict[str, Any]:
        """Call a method; the whole reply."""
        self._ids += 1
        number = self._ids
        if self.kind == PROTOBUF:
            request = schema.RPCRequest(method=method, data=json.dumps(params).encode())
            commands = sized(schema.Command(id=number, rpc=request).SerializeToString())
        else:
            commands = json.dumps({"id": number, "rpc": {"method": method, "data": params}}).encode()
        assert await self.say(commands) == 204
        while True:
            message = await self.message()
            if message.get("id") == number:
                return message
            self._waiting.append(message)

    async def say(self, commands: bytes, session: str | None = None) -> int:
        """Send commands; the status of the answer."""
        secret = self.session if session is None else session
        async with httpx.AsyncClient(verify=False) as http:
            if self.kind == PROTOBUF:
                body = schema.EmulationRequest(session=secret, node="n", data=commands).SerializeToString()
                headers = {"Content-Type": "application/octet-stream"}
            else:
                body = json.dumps({"session": secret, "node": "n", "data": commands.decode()}).encode()
                headers = {"Content-Type": "application/json"}
            answer = await http.post(f"{self.running.url}/emulation", content=body, headers=headers)
        assert answer.status_code != 204 or answer.content == b""
        return answer.status_code

    async def publication(self, kind: str) -> dict[str, Any]:
        """The next publication of a kind; others are passed over."""
        while True:
            message = self._waiting.pop(0) if self._waiting else await self.message()
            found: dict[str, Any] = message.get("push", {}).get("pub", {})
            if found.get("data", {}).get("type") == kind:
                return found

    async def message(self) -> dict[str, Any]:
        """The next message, which is a chunk of its own."""
        part = await self.chunk()
        if self.kind == PROTOBUF:
            raw, end = read_bytes(part, 0)
            assert end == len(part)
            return _as_json(schema.Reply.FromString(raw))
        if self.kind == SSE:
            assert part.startswith(b"data: ")
            assert part.endswith(b"\n\n")
        else:
            assert part.endswith(b"\n")
        text = part.removeprefix(b"data: ").rstrip(b"\n")
        assert b"\n" not in text
        found: dict[str, Any] = json.loads(text)
        return found

    async def chunk(self) -> bytes:
        """The next chunk (RFC 9112, section 7.1); raises EOFError after the last."""
        size = b""
        while not size.endswith(b"\r\n"):
            size += await self.client.body(1)
        data = await self.client.body(int(size, 16) + 2)
        assert data.endswith(b"\r\n")
        if data == b"\r\n":
            self.ended = True
            raise EOFError("the answer is complete")
        return data[:-2]

    async def disconnected(self) -> int:
        """The code with which the session is ended; then the answer is complete, and nothing follows."""
        with trio.fail_after(PATIENCE_SECONDS):
            while "disconnect" not in (message := await self.message()).get("push", {}):
                pass
            try:
                await self.chunk()
            except EOFError:
                assert self.ended
        await self.client.stream.aclose()
        code: int = message["push"]["disconnect"]["code"]
        return code


def _as_json(reply: Any) -> dict[str, Any]:
    """What tests look at in a reply, as the JSON encoding has it."""
    found: dict[str, Any] = {"id": reply.id} if reply.id else {}
    if reply.HasField("connect"):
        found["connect"] = {"session": reply.connect.session, "node": reply.connect.node}
    elif reply.HasField("rpc"):
        found["rpc"] = {"data": json.loads(reply.rpc.data)}
    elif reply.HasField("push") and reply.push.HasField("disconnect"):
        found["push"] = {"disconnect": {"code": reply.push.disconnect.code}}
    elif reply.HasField("push"):
        found["push"] = {"pub": {"data": json.loads(reply.push.pub.data), "offset": reply.push.pub.offset}}
    return found
