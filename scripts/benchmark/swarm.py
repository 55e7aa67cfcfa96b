"""Many clients in one process: raw sockets, one epoll, no object per message."""

from __future__ import annotations

import json
import select
import socket
import ssl
import time
from typing import Any

BATCH = 200
RECEIVE_BYTES = 65_536
UPGRADE = (
    b"GET /connection/websocket HTTP/1.1\r\nHost: bench\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


def frame(payload: bytes) -> bytes:
    """A client's text frame; its mask is zero, so that masking costs nothing."""
    size = len(payload)
    if size < 126:
        return bytes((0x81, 0x80 | size)) + b"\0\0\0\0" + payload
    return bytes((0x81, 0xFE)) + size.to_bytes(2, "big") + b"\0\0\0\0" + payload


def rpc(id: int, method: str, params: dict[str, Any]) -> bytes:
    """A call as a frame."""
    return frame(json.dumps({"id": id, "rpc": {"method": method, "data": params}}).encode())


def payloads(stream: bytes) -> tuple[list[bytes], bytes]:
    """The messages of whole frames from a server, and the bytes behind them."""
    found, place = [], 0
    while len(stream) - place >= 2:
        size, start = stream[place + 1], place + 2
        if size == 126:
            size, start = int.from_bytes(stream[place + 2 : place + 4], "big"), place + 4
        elif size == 127:
            size, start = int.from_bytes(stream[place + 2 : place + 10], "big"), place + 10
        if len(stream) < start + size or start > len(stream):
            break
        found.append(stream[start : start + size])
        place = start + size
    return found, stream[place:]


def read_payloads(sock: socket.socket, count: int) -> list[bytes]:
    """Wait for a number of messages on a blocking socket."""
    stream, found = b"", []
    while len(found) < count:
        data = sock.recv(RECEIVE_BYTES)
        if not data:
            raise RuntimeError("the server hung up")
        more, stream = payloads(stream + data)
        found += more
    return found


class Swarm:
    """Connected clients, by index. `counts` holds how often `marker`, of two bytes or more, has come on each."""

    def __init__(self, port: int, marker: bytes, tls: ssl.SSLContext | None = None) -> None:
        self._port = port
        self._tls = tls
        self._marker = marker
        self.sockets: list[socket.socket] = []
        self.counts: list[int] = []
        self._tails: list[bytes] = []
        self._epoll = select.epoll()
        self._index: dict[int, int] = {}

    def connect(self, tokens: list[str], subscribe: dict[str, Any] | None) -> list[list[bytes]]:
        """Connect a client for each token; the first messages each one got."""
        answers: list[list[bytes]] = []
        for first in range(0, len(tokens), BATCH):
            answers += self._connect_batch(tokens[first : first + BATCH], subscribe)
        return answers

    def send(self, index: int, data: bytes) -> None:
        """Send bytes; a client's socket always takes the little that we send."""
        self.sockets[index].sendall(data)

    def receive(self, timeout: float) -> list[tuple[int, bytes]]:
        """What has come since, by client."""
        found = []
        for fd, _ in self._epoll.poll(timeout, 1024):
            index = self._index[fd]
            try:
                data = self.sockets[index].recv(RECEIVE_BYTES)
            except ssl.SSLWantReadError:
                continue
            if not data:
                raise RuntimeError(f"the server hung up on client {index}")
            found.append((index, data))
        return found

    def count(self, timeout: float) -> int:
        """Receive, and count markers by client; how many there were."""
        total, marker, keep = 0, self._marker, len(self._marker) - 1
        assert keep, "a marker of one byte would be counted twice"
        for index, data in self.receive(timeout):
            stream = self._tails[index] + data
            number = stream.count(marker)
            self._tails[index] = stream[-keep:]
            self.counts[index] += number
            total += number
        return total

    def watch(self, marker: bytes) -> None:
        """Count another marker from now on."""
        self._marker = marker
        self.counts = [0] * len(self.sockets)
        self._tails = [b""] * len(self.sockets)

    def count_to(self, wanted: int, seconds: float) -> None:
        """Count until there were `wanted` markers in all. Raises RuntimeError when they do not come in time."""
        deadline = time.monotonic() + seconds
        got = 0
        while got < wanted:
            got += self.count(1.0)
            if time.monotonic() > deadline:
                raise RuntimeError(f"{got} of {wanted} deliveries came")

    def close(self) -> None:
        """Hang up without ceremony."""
        for sock in self.sockets:
            sock.close()
        self._epoll.close()

    def _connect_batch(self, tokens: list[str], subscribe: dict[str, Any] | None) -> list[list[bytes]]:
        opened = []
        for _ in tokens:
            sock = socket.create_connection(("127.0.0.1", self._port), timeout=60)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self._tls is not None:
                sock = self._tls.wrap_socket(sock, server_hostname="127.0.0.1")
            sock.sendall(UPGRADE)
            opened.append(sock)
        for sock, token in zip(opened, tokens, strict=True):
            if not sock.recv(4096).startswith(b"HTTP/1.1 101"):
                raise RuntimeError("the handshake was refused")
            commands = [{"id": 1, "connect": {"token": token}}]
            if subscribe is not None:
                commands.append({"id": 2, "subscribe": {"channel": "~", **subscribe}})
            sock.sendall(frame("\n".join(json.dumps(each) for each in commands).encode()))
        expected = 1 if subscribe is None else 2
        answers = [read_payloads(sock, expected) for sock in opened]
        for sock in opened:
            self.adopt(sock)
        return answers

    def adopt(self, sock: socket.socket) -> None:
        """Take a connected socket as the next client."""
        sock.setblocking(False)
        self._index[sock.fileno()] = len(self.sockets)
        self.sockets.append(sock)
        self.counts.append(0)
        self._tails.append(b"")
        self._epoll.register(sock.fileno(), select.EPOLLIN)
