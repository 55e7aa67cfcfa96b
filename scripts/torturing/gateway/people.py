"""The process of those who only want to chat: members of a few rooms, who talk all the while.

A line of JSON says who they are: `port`, `tokens`, `rooms`, `tls`. When a second line comes, they begin to measure; at
a third they fall silent and write their figures as JSON; at a fourth they wait for the server to close all connections
and write its close codes. Each line is answered, by JSON, when it is done.
"""

from __future__ import annotations

import json
import select
import socket
import ssl
import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from frames import CLOSE, frames
from swarm import UPGRADE, frame, rpc
from target import HOST

SENDS_PER_SECOND = 50
# How long what was said may take until everybody has heard it.
DELIVERY_SECONDS = 10.0
QUANTILES = {"p50": 0.5, "p99": 0.99, "max": 1.0}
RECEIVE_BYTES = 262_144
PONG = b"{}"


class Person:
    """One connection, logged in and subscribed."""

    def __init__(self, who: dict[str, Any], index: int) -> None:
        self.index = index
        self.room = f"room{index % who['rooms']}"
        self.socket = socket.create_connection((HOST, who["port"]), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if who["tls"]:
            self.socket = untrusting().wrap_socket(self.socket)
        self._stream = b""
        self.socket.sendall(UPGRADE)
        assert self.socket.recv(4096).startswith(b"HTTP/1.1 101"), "the handshake was refused"
        commands = [{"id": 1, "connect": {"token": who["tokens"][index]}}, {"id": 2, "subscribe": {"channel": "~"}}]
        self.socket.sendall(frame("\n".join(map(json.dumps, commands)).encode()))
        replies = 0
        while replies < 2:
            replies += sum(b'"id":' in payload for _, payload in self.receive())
        self.socket.setblocking(False)

    def receive(self) -> list[tuple[int, bytes]]:
        """What has come, as opcodes and payloads; a CLOSE when the server hung up."""
        try:
            data = self.socket.recv(RECEIVE_BYTES)
        except (BlockingIOError, ssl.SSLWantReadError):
            return []
        except OSError:
            data = b""
        if not data:
            return [(CLOSE, b"\0\0")]
        found, self._stream = frames(self._stream + data)
        return found


class Crowd:
    """All of them. `report` is what happened since `measure`: seconds, and how many of what."""

    def __init__(self, who: dict[str, Any]) -> None:
        self._people = [Person(who, index) for index in range(len(who["tokens"]))]
        self._members = Counter(person.room for person in self._people)
        self._by_fd = {person.socket.fileno(): person for person in self._people}
        self._epoll = select.epoll()
        for fd in self._by_fd:
            self._epoll.register(fd, select.EPOLLIN)
        self._sent = 0
        self.closed: Counter[int] = Counter()
        self.measure()

    @property
    def fileno(self) -> int:
        """Readable when there is something for `listen`."""
        return self._epoll.fileno()

    @property
    def is_gone(self) -> bool:
        """Whether no connection is left."""
        return not self._by_fd

    @property
    def is_waiting(self) -> bool:
        """Whether something that was said has not been heard by everybody."""
        return self._owed > 0

    def measure(self) -> None:
        """Begin anew."""
        self._seconds: list[float] = []
        self._owed = self._answers = self._refused = 0
        self._first = self._sent

    def talk(self) -> None:
        """The next one says something, which is when they say it."""
        person = self._people[self._sent % len(self._people)]
        self._sent += 1
        text = f"{self._sent} {time.perf_counter()}"
        params = {"channel_url": person.room, "message": text}
        self._owed += self._members[person.room]
        try:
            person.socket.sendall(rpc(self._sent + 2, "messages.send", params))
        except OSError:
            self._refused += 1

    def listen(self) -> None:
        """Take what has come."""
        for fd, _ in self._epoll.poll(0):
            for opcode, payload in self._by_fd[fd].receive():
                self._take(fd, opcode, payload)

    def report(self) -> dict[str, Any]:
        """What happened. `missing` counts what was said and not heard, less what was heard twice."""
        return {
            "said": self._sent - self._first,
            "answered": self._answers,
            "refused": self._refused,
            "missing": self._owed,
            "closed": self.closed,
            "milliseconds": {name: _quantile(self._seconds, share) for name, share in QUANTILES.items()},
        }

    def _take(self, fd: int, opcode: int, payload: bytes) -> None:
        person = self._by_fd[fd]
        if opcode == CLOSE:
            self.closed[int.from_bytes(payload[:2], "big")] += 1
            self._epoll.unregister(fd)
            del self._by_fd[fd]
            person.socket.close()
        elif payload == PONG:
            person.socket.sendall(frame(PONG))
        else:
            for line in payload.split(b"\n"):
                self._hear(person, json.loads(line))

    def _hear(self, person: Person, message: dict[str, Any]) -> None:
        if "push" not in message:
            self._answers += "rpc" in message
            self._refused += "error" in message
            return
        event = message["push"]["pub"]["data"]
        if event["type"] != "message.created":
            return
        number, at = event["message"]["message"].split()
        if int(number) <= self._first:
            return
        self._owed -= 1
        if self._people[(int(number) - 1) % len(self._people)] is not person:
            self._seconds.append(time.perf_counter() - float(at))


def untrusting() -> ssl.SSLContext:
    """For a server whose certificate nobody has signed."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _quantile(seconds: list[float], share: float) -> float:
    return round(sorted(seconds)[min(len(seconds) - 1, int(len(seconds) * share))] * 1000, 1) if seconds else 0.0


def _until_told(crowd: Crowd, *, talks: bool) -> None:
    """Listen, and talk at an even pace, until a line comes in."""
    due = time.monotonic()
    while True:
        ready, _, _ = select.select([sys.stdin, crowd.fileno], [], [], max(0.0, due - time.monotonic()))
        crowd.listen()
        if sys.stdin in ready:
            sys.stdin.readline()
            return
        if time.monotonic() >= due:
            due += 1 / SENDS_PER_SECOND
            if talks:
                crowd.talk()


def _listen(crowd: Crowd, wants_more: Callable[[], bool], seconds: float) -> None:
    """Listen while more is wanted, and for some seconds at most."""
    ends = time.monotonic() + seconds
    while wants_more() and time.monotonic() < ends:
        select.select([crowd.fileno], [], [], 0.1)
        crowd.listen()


def main() -> None:
    """Chat as told."""
    crowd = Crowd(json.loads(sys.stdin.readline()))
    print("true", flush=True)
    _until_told(crowd, talks=True)
    crowd.measure()
    print("true", flush=True)
    _until_told(crowd, talks=True)
    _listen(crowd, lambda: crowd.is_waiting, DELIVERY_SECONDS)
    print(json.dumps(crowd.report()), flush=True)
    _until_told(crowd, talks=False)
    _listen(crowd, lambda: not crowd.is_gone, DELIVERY_SECONDS)
    print(json.dumps(crowd.closed), flush=True)


if __name__ == "__main__":
    main()
