"""Clients over WebSocket, served by one thread: they send messages, and keep what became of each."""

from __future__ import annotations

import json
import selectors
import socket
import threading
import time
from typing import Any

from frames import CLOSE, frames
from subject import HOST
from swarm import UPGRADE, frame

RECEIVE_BYTES = 262_144
PING = b"\x89\x80\0\0\0\0"
PONG = 10
PATIENCE_SECONDS = 15.0


class Client:
    """One connection of a user, whose messages are called by his name and a number, which is their `req_id` too.

    `acknowledged` has the numbers that messages got; `refusals` are the errors that others met, `refused` their names.
    `pings` counts those of the server, each of which is answered; `offset` is the last publication that came,
    `code` that of the server's close frame, or 0.
    """

    def __init__(self, port: int, token: str, name: str, channel: str) -> None:
        self.name = name
        self.channel = channel
        self.acknowledged: dict[str, int] = {}
        self.refusals: list[dict[str, Any]] = []
        self.refused: list[str] = []
        self.answers: dict[int, dict[str, Any]] = {}
        self.pings = self.pongs = self.offset = 0
        self.is_open = True
        self.code = 0
        self._sent: dict[int, str] = {}
        self._ids = 10
        self._stream = b""
        self.socket = socket.create_connection((HOST, port), timeout=PATIENCE_SECONDS)
        self.socket.sendall(UPGRADE)
        if not self.socket.recv(4096).startswith(b"HTTP/1.1 101"):
            raise RuntimeError("the handshake was refused")
        self.send({"id": 1, "connect": {"token": token}})

    def send(self, command: dict[str, Any]) -> None:
        """Send a command."""
        self.socket.sendall(frame(json.dumps(command).encode()))

    def message(self, size: int) -> None:
        """Send the next message, of so many characters."""
        self.again(f"{self.name}-{self._ids}", size)

    def again(self, name: str, size: int) -> None:
        """Send a message of this name."""
        self._ids += 1
        self._sent[self._ids] = name
        params = {"channel_url": self.channel, "message": name.ljust(size, "."), "req_id": name}
        self.send({"id": self._ids, "rpc": {"method": "messages.send", "data": params}})

    @property
    def waiting(self) -> int:
        """Messages that have no answer yet."""
        return len(self._sent)

    def receive(self) -> None:
        """Take what has come."""
        try:
            data = self.socket.recv(RECEIVE_BYTES)
        except OSError:
            data = b""
        if not data:
            self.is_open = False
            return
        found, self._stream = frames(self._stream + data)
        for opcode, payload in found:
            if opcode == CLOSE:
                self.is_open, self.code = False, int.from_bytes(payload[:2], "big")
            elif opcode == PONG:
                self.pongs += 1
            else:
                for line in payload.splitlines():
                    self._hear(json.loads(line))

    def _hear(self, message: dict[str, Any]) -> None:
        if not message:
            self.pings += 1
            self.send({})
        elif "push" in message:
            self.offset = max(self.offset, message["push"].get("pub", {}).get("offset", 0))
        elif message["id"] in self._sent:
            text = self._sent.pop(message["id"])
            if "error" in message:
                self.refusals.append(message["error"])
                self.refused.append(text)
            else:
                self.acknowledged[text] = message["rpc"]["data"]["message_id"]
        else:
            self.answers[message["id"]] = message


class Crowd:
    """Some clients, and the thread that serves them. While `busy`, each has one message on its way after the other."""

    def __init__(self, size: int, pause: float) -> None:
        """Messages have so many characters; a client waits `pause` seconds from one to the next."""
        self.clients: list[Client] = []
        self.busy = False
        self._size = size
        self._pause = pause
        self._lock = threading.Lock()
        self._selector = selectors.DefaultSelector()
        self._due: dict[Client, float] = {}
        threading.Thread(target=self._serve, daemon=True).start()

    def add(self, client: Client) -> None:
        """Serve a client from now on."""
        with self._lock:
            self.clients.append(client)
            self._due[client] = 0.0
            self._selector.register(client.socket, selectors.EVENT_READ, client)

    def forget(self) -> None:
        """Hang up on all."""
        with self._lock:
            for client in self.clients:
                if client.is_open:
                    self._selector.unregister(client.socket)
                client.socket.close()
            self.clients = []

    def answer(self, client: Client, id: int, command: dict[str, Any]) -> dict[str, Any]:
        """Send a command with an id below 10, and wait for its answer."""
        with self._lock:
            client.answers.pop(id, None)
            client.send({"id": id, **command})
        deadline = time.monotonic() + PATIENCE_SECONDS
        while id not in client.answers:
            if time.monotonic() > deadline or not client.is_open:
                raise RuntimeError(f"no answer to {command}")
            time.sleep(0.002)
        return client.answers[id]

    def repeat(self) -> None:
        """Send once more what was refused, as clients do."""
        with self._lock:
            for client in self.clients:
                for name in client.refused[:20]:
                    client.again(name, self._size)

    def rest(self) -> None:
        """Send no more, and wait for what is on its way."""
        self.busy = False
        deadline = time.monotonic() + PATIENCE_SECONDS
        while any(client.waiting and client.is_open for client in self.clients) and time.monotonic() < deadline:
            time.sleep(0.01)

    def ping(self) -> None:
        """Send a WebSocket ping on each connection."""
        with self._lock:
            for client in self.clients:
                client.socket.sendall(PING)

    def _serve(self) -> None:
        while True:
            with self._lock:
                for key, _ in self._selector.select(0):
                    self._take(key.data)
                now = time.monotonic()
                for client in self.clients if self.busy else ():
                    if client.is_open and not client.waiting and now >= self._due[client]:
                        self._due[client] = now + self._pause
                        client.message(self._size)
            time.sleep(0.001)

    def _take(self, client: Client) -> None:
        client.receive()
        if not client.is_open:
            self._selector.unregister(client.socket)
