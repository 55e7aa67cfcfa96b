"""Requests as fast as a server answers them, on several connections with one under way on each."""

from __future__ import annotations

import select
import socket
import time

PATIENCE_SECONDS = 10


def rate(port: int, request: bytes, seconds: float, connections: int) -> float:
    """Answers per second, all of which have to be 200."""
    sockets = [socket.create_connection(("127.0.0.1", port), PATIENCE_SECONDS) for _ in range(connections)]
    poller = select.epoll()
    found = {each.fileno(): _Connection(each, request) for each in sockets}
    for number, connection in found.items():
        poller.register(number, select.EPOLLIN)
        connection.ask()
    began, answers = time.perf_counter(), 0
    while time.perf_counter() - began < seconds:
        events = poller.poll(PATIENCE_SECONDS)
        if not events:
            raise RuntimeError("the server does not answer")
        answers += sum(found[number].read() for number, _ in events)
    taken = time.perf_counter() - began
    for each in sockets:
        each.close()
    return answers / taken


class _Connection:
    """Sends a request, and again when the answer is there."""

    def __init__(self, peer: socket.socket, request: bytes) -> None:
        peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket = peer
        self._request = request
        self._buffer = b""

    def ask(self) -> None:
        self._socket.sendall(self._request)

    def read(self) -> int:
        """Whether an answer is complete: 1 or 0."""
        data = self._socket.recv(262_144)
        if not data:
            raise RuntimeError("the server hung up")
        self._buffer += data
        head, found, body = self._buffer.partition(b"\r\n\r\n")
        if not found:
            return 0
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"the server answered {self._buffer[:500]!r}")
        at = head.index(b"content-length: ") + 16
        if len(body) < int(head[at : head.find(b"\r", at) if b"\r" in head[at:] else None]):
            return 0
        self._buffer = b""
        self.ask()
        return 1
