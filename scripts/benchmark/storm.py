"""A crowd is cut at once, comes back at once and recovers what it missed, while others chat on."""

from __future__ import annotations

import argparse
import json
import select
import socket
import struct
import time

from backend import Backend
from chat import Chat
from server import Server
from swarm import RECEIVE_BYTES, UPGRADE, Swarm, frame, payloads

MEMBERS = 100
CHATTERS = 100
PATIENCE_SECONDS = 60
SETTLE_SECONDS = 2
AT_A_TIME = 256
# Closing with this option is a cut: the peer is reset.
ABORT = struct.pack("ii", 1, 0)


def run(options: argparse.Namespace) -> dict[str, float]:
    """Time until all clients have what they missed, each exactly once and in order."""
    with Server() as server:
        backend = Backend(server.port, server.token)
        names = [f"user{n}" for n in range(options.comeback)]
        tokens = backend.make_users(names)
        rooms = [names[first : first + MEMBERS] for first in range(0, len(names), MEMBERS)]
        for number, members in enumerate(rooms):
            backend.make_channel(f"room{number}", members)
        position = _connect_and_cut(server.port, tokens)
        sent = [backend.call_all(_messages(number, members, options.missed)) for number, members in enumerate(rooms)]
        chat = Chat(backend, server.port, CHATTERS)
        time.sleep(SETTLE_SECONDS)
        cpu = server.cpu_seconds
        crowd = Crowd(server.port, tokens, position)
        seconds = crowd.come_back()
        cpu = server.cpu_seconds - cpu
        report = chat.end()
    for index, answer in enumerate(crowd.answers):
        _check(answer, [each["message_id"] for each in sent[index // MEMBERS]])
    return {
        "clients": options.comeback,
        "missed each": options.missed,
        "seconds until all have recovered": round(seconds, 2),
        "recoveries per second": round(options.comeback / seconds),
        "server processor microseconds for each": round(cpu / options.comeback * 1e6),
        "others' messages": report["messages"],
        "others' p50 milliseconds": round(report["p50"], 1),
        "others' p99 milliseconds": round(report["p99"], 1),
        "others' longest milliseconds": round(report["max"], 1),
    }


class Crowd:
    """Clients that connect all at once. `answers` are their replies to subscribe."""

    def __init__(self, port: int, tokens: list[str], position: dict[str, object]) -> None:
        self._port = port
        self._epoll = select.epoll()
        self._index: dict[int, int] = {}
        self._sockets: list[socket.socket] = []
        self._streams: list[bytes] = []
        self._welcomed: list[bool] = []
        self._left = len(tokens)
        self._logins = [_login(token, position) for token in tokens]
        self.answers: list[bytes] = [b""] * len(tokens)

    def come_back(self) -> float:
        """Connect and recover; the seconds until the last one has."""
        began = time.perf_counter()
        for number in range(len(self._logins)):
            self._knock(number)
            if number % AT_A_TIME == 0:
                self._attend(0)
        while self._left:
            self._attend(1)
            if time.perf_counter() > began + PATIENCE_SECONDS:
                raise RuntimeError(f"{self._left} have not recovered")
        seconds = time.perf_counter() - began
        for sock in self._sockets:
            sock.close()
        return seconds

    def _knock(self, number: int) -> None:
        sock = socket.socket()
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.setblocking(False)
        sock.connect_ex(("127.0.0.1", self._port))
        self._index[sock.fileno()] = number
        self._sockets.append(sock)
        self._streams.append(b"")
        self._welcomed.append(False)
        self._epoll.register(sock.fileno(), select.EPOLLOUT)

    def _attend(self, timeout: float) -> None:
        for fd, mask in self._epoll.poll(timeout, 1024):
            number = self._index[fd]
            if mask & select.EPOLLOUT:
                self._sockets[number].send(UPGRADE)
                self._epoll.modify(fd, select.EPOLLIN)
            else:
                self._hear(number)

    def _hear(self, number: int) -> None:
        data = self._sockets[number].recv(RECEIVE_BYTES)
        if not data:
            raise RuntimeError(f"the server hung up on client {number} after {self._streams[number]!r}")
        if not self._welcomed[number]:
            if not data.startswith(b"HTTP/1.1 101"):
                raise RuntimeError(f"the handshake was refused: {data!r}")
            self._welcomed[number] = True
            self._sockets[number].send(self._logins[number])
            return
        found, self._streams[number] = payloads(self._streams[number] + data)
        for payload in found:
            if b'"subscribe":' in payload:
                self.answers[number] = payload
                self._left -= 1


def _connect_and_cut(port: int, tokens: list[str]) -> dict[str, object]:
    """Have all clients there for a moment; the position that they come back from."""
    swarm = Swarm(port, b"none")
    first = json.loads(swarm.connect(tokens, {})[-1][1])["subscribe"]
    for sock in swarm.sockets:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, ABORT)
    swarm.close()
    return {"recover": True, "offset": first["offset"], "epoch": first["epoch"]}


def _login(token: str, position: dict[str, object]) -> bytes:
    commands = [{"id": 1, "connect": {"token": token}}, {"id": 2, "subscribe": {"channel": "~", **position}}]
    return frame("\n".join(json.dumps(each) for each in commands).encode())


def _messages(number: int, members: list[str], count: int) -> list[tuple[str, str, dict[str, object]]]:
    path = f"/group_channels/room{number}/messages"
    body = {"message_type": "MESG", "user_id": members[0], "message": "x" * 120}
    return [("POST", path, dict(body)) for _ in range(count)]


def _check(answer: bytes, sent: list[int]) -> None:
    reply = json.loads(answer)["subscribe"]
    offsets = [each["offset"] for each in reply["publications"] if each["data"]["type"] == "message.created"]
    if not reply["recovered"] or offsets != sent:
        raise RuntimeError("a client did not recover what it missed")
