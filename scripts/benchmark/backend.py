"""A backend over one keep-alive connection, with pipelined requests."""

from __future__ import annotations

import json
import socket
import ssl
from collections.abc import Iterable
from typing import Any

PIPELINE = 16


class Backend:
    """Calls the Platform API."""

    def __init__(self, port: int, token: str, tls: ssl.SSLContext | None = None) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        if tls is not None:
            self._socket = tls.wrap_socket(self._socket, server_hostname="127.0.0.1")
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._buffer = b""
        self._token = token

    def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """One request, one answer."""
        self._socket.sendall(self._request(method, path, body))
        return self._answer()

    def call_all(self, requests: Iterable[tuple[str, str, dict[str, Any]]]) -> list[Any]:
        """Many requests, a few on their way at a time."""
        answers: list[Any] = []
        batch: list[bytes] = []
        for method, path, body in requests:
            batch.append(self._request(method, path, body))
            if len(batch) == PIPELINE:
                answers += self._exchange(batch)
                batch = []
        return answers + self._exchange(batch)

    def make_users(self, user_ids: list[str]) -> list[str]:
        """Users with these ids; a session token of each."""
        self.call_all(("POST", "/users", {"user_id": each, "nickname": each}) for each in user_ids)
        tokens = self.call_all(("POST", f"/users/{each}/token", {}) for each in user_ids)
        return [answer["token"] for answer in tokens]

    def make_channel(self, channel_url: str, user_ids: list[str]) -> None:
        """A channel with any number of members."""
        body: dict[str, Any] = {"channel_url": channel_url, "user_ids": user_ids[:100], "name": channel_url}
        body["is_super"] = len(user_ids) > 100
        self.call("POST", "/group_channels", body)
        for first in range(100, len(user_ids), 100):
            more = {"user_ids": user_ids[first : first + 100]}
            self.call("POST", f"/group_channels/{channel_url}/invite", more)

    def _exchange(self, batch: list[bytes]) -> list[Any]:
        if batch:
            self._socket.sendall(b"".join(batch))
        return [self._answer() for _ in batch]

    def _request(self, method: str, path: str, body: dict[str, Any] | None) -> bytes:
        raw = b"" if body is None else json.dumps(body).encode()
        head = f"{method} /v3{path} HTTP/1.1\r\nHost: bench\r\nApi-Token: {self._token}\r\n"
        return f"{head}Content-Length: {len(raw)}\r\n\r\n".encode() + raw

    def _answer(self) -> Any:
        while b"\r\n\r\n" not in self._buffer:
            self._more()
        head, _, rest = self._buffer.partition(b"\r\n\r\n")
        size = int(
            next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")).split(b":")[1]
        )
        while len(rest) < size:
            self._more()
            rest = self._buffer.partition(b"\r\n\r\n")[2]
        self._buffer = rest[size:]
        answer = json.loads(rest[:size])
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"the server answered {answer}")
        return answer

    def _more(self) -> None:
        data = self._socket.recv(262_144)
        if not data:
            raise RuntimeError("the server hung up")
        self._buffer += data
