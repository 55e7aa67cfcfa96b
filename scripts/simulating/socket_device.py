"""A device on a real socket: it logs in, loads, is told, is cut off, comes back and recovers."""

from __future__ import annotations

import json
import select
import socket
import struct
from collections.abc import Callable, Iterator
from typing import Any

from swarm import UPGRADE, frame, payloads

from scripts.simulating.loading import Calls, Refused, load, load_wanted
from scripts.simulating.replica import Replica
from scripts.simulating.seen import Resource

ABORT = struct.pack("ii", 1, 0)
PATIENCE_SECONDS = 30
TRIES = 20


class SocketDevice:
    """One of a person's devices. `replica` is what it keeps; `recovered` and `anew` say how often it came back how."""

    def __init__(self, port: int, user_id: str, token: str) -> None:
        self.user_id = user_id
        self.replica = Replica(user_id)
        self.recovered = self.anew = 0
        self._port = port
        self._token = token
        self._position: Resource = {}
        self._socket: socket.socket | None = None
        self._stream = b""
        self._ids = 0
        self._told = 0
        self._replies: dict[int, Resource] = {}
        self.connect()

    @property
    def is_connected(self) -> bool:
        """Whether it is on the network."""
        return self._socket is not None

    def connect(self) -> None:
        """Log in, and begin the stream where it was left; load everything when that cannot be."""
        self._socket = socket.create_connection(("127.0.0.1", self._port), timeout=PATIENCE_SECONDS)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, ABORT)
        self._stream = b""
        self._replies.clear()
        self._socket.sendall(UPGRADE)
        while b"\r\n\r\n" not in self._stream:
            self._stream += self._socket.recv(4096)
        self._stream = self._stream.partition(b"\r\n\r\n")[2]
        self._wait(self._command({"connect": {"token": self._token}}))
        recover = {"recover": True, **self._position} if self._position else {}
        reply = self._wait(self._command({"subscribe": {"channel": "~", **recover}}))["subscribe"]
        if recover and reply.get("recovered"):
            self.recovered += 1
            self.settle()
        else:
            self.anew += bool(recover)
            self._load(self._everything)

    def cut(self) -> None:
        """Lose the network in this moment."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def ask(self, method: str, params: Resource) -> int:
        """Send a call; `answer` has what became of it."""
        return self._command({"rpc": {"method": method, "data": params}})

    def answer(self, number: int) -> Any:
        """Wait for the result of a call. Raises Refused, or ConnectionError when the server has closed."""
        reply = self._wait(number)
        if "error" in reply:
            raise Refused(reply["error"]["message"])
        self.settle()
        return reply["rpc"]["data"]

    def listen(self) -> None:
        """Apply what has come; a device that was closed for being slow comes back."""
        while self._socket is not None and select.select([self._socket], [], [], 0)[0]:
            try:
                self._take()
            except ConnectionError:
                self.cut()
                self.connect()
        self.settle()

    def settle(self) -> None:
        """Load the channels that are to be loaded."""
        if self.replica.wanted:
            self._load(lambda: load_wanted(self.replica))

    def loaded(self) -> Replica:
        """What a new device would have now, when nothing happens."""
        replica = Replica(self.user_id)
        self._run(load(replica))
        return replica

    def _begin(self, reply: Resource) -> None:
        """Apply what was missed, before what comes behind it."""
        self._position = {"epoch": reply["epoch"], "offset": reply.get("offset", 0)}
        for publication in reply.get("publications", ()):
            self._apply(publication)

    def _everything(self) -> Calls:
        self.replica = Replica(self.user_id)
        return load(self.replica)

    def _load(self, begin: Callable[[], Calls]) -> None:
        """Load at a moment in which nothing else is told: what is asked in several calls is of one moment then."""
        for _ in range(TRIES):
            told = self._told
            wanted = set(self.replica.wanted)
            self._run(begin())
            if told == self._told:
                return
            self.replica.wanted |= wanted & set(self.replica.channels)
        raise RuntimeError(f"a device of {self.user_id} came to no moment of rest")

    def _run(self, calls: Calls) -> None:
        result: Any = None
        refused = False
        while True:
            try:
                method, params = calls.throw(Refused()) if refused else calls.send(result)
            except StopIteration:
                return
            reply = self._wait(self.ask(method, params))
            refused = "error" in reply
            result = None if refused else reply["rpc"]["data"]

    def _command(self, command: Resource) -> int:
        if self._socket is None:
            raise ConnectionError("the device is off the network")
        self._ids += 1
        self._socket.sendall(frame(json.dumps({"id": self._ids, **command}).encode()))
        return self._ids

    def _wait(self, number: int) -> Resource:
        while number not in self._replies:
            self._take()
        return self._replies.pop(number)

    def _take(self) -> None:
        if self._socket is None:
            raise ConnectionError("the device is off the network")
        data = self._socket.recv(262_144)
        if not data:
            raise ConnectionError("the server has closed")
        found, self._stream = payloads(self._stream + data)
        for message in _messages(found):
            if "subscribe" in message:
                self._begin(message["subscribe"])
            if "id" in message:
                self._replies[message["id"]] = message
            elif "pub" in message.get("push", {}):
                self._apply(message["push"]["pub"])

    def _apply(self, publication: Resource) -> None:
        self._told += 1
        self.replica.take(publication["data"])
        self._position["offset"] = max(self._position["offset"], publication.get("offset", 0))


def _messages(found: list[bytes]) -> Iterator[Resource]:
    for payload in found:
        for line in payload.splitlines():
            if line.startswith(b"{") and line != b"{}":
                yield json.loads(line)
