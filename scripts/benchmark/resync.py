"""A client that keeps a copy of its channel, and what it does when it cannot be recovered: it loads anew."""

from __future__ import annotations

import json
import socket
from typing import Any

from backend import Backend
from swarm import UPGRADE, frame, payloads

ROOM = "room"
LIST = {"channel_url": ROOM, "message_ts": 0, "next_limit": 100}


class Device:
    """Subscribed to its stream. `messages` is its copy of the channel, by number; `position` where it is."""

    def __init__(self, port: int, name: str, token: str) -> None:
        self.name = name
        self.messages: dict[int, str] = {}
        self.position: dict[str, Any] = {}
        self.connect(port, token)

    def connect(self, port: int, token: str) -> dict[str, Any]:
        """Connect, and subscribe from where it was; the reply."""
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self._stream, self._ids = b"", 0
        self._socket.sendall(UPGRADE)
        self._socket.recv(4096)
        self.ask({"connect": {"token": token}})
        recover = {"recover": True, **self.position} if self.position else {}
        reply: dict[str, Any] = self.ask({"subscribe": {"channel": "~", **recover}})["subscribe"]
        self.position = {"epoch": reply["epoch"], "offset": reply.get("offset", 0)}
        return reply

    def load(self) -> None:
        """Forget the copy, and load it anew."""
        found = self.ask({"rpc": {"method": "messages.list", "data": LIST}})["rpc"]["data"]["messages"]
        self.messages = {each["message_id"]: each["message"] for each in found}

    def say(self, text: str) -> None:
        """Send a message."""
        text = f"{self.name}: {text}"
        self.ask({"rpc": {"method": "messages.send", "data": {"channel_url": ROOM, "message": text}}})

    def hear(self, count: int) -> None:
        """Listen until the copy has so many messages."""
        while len(self.messages) < count:
            self._take()

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def ask(self, command: dict[str, Any]) -> dict[str, Any]:
        """Send a command; its reply. Publications that come before it are applied."""
        self._ids += 1
        self._socket.sendall(frame(json.dumps({"id": self._ids, **command}).encode()))
        while True:
            for message in self._take():
                if message.get("id") == self._ids:
                    return message

    def _take(self) -> list[dict[str, Any]]:
        data = self._socket.recv(65_536)
        if not data:
            raise RuntimeError("the server hung up")
        found, self._stream = payloads(self._stream + data)
        messages = [json.loads(line) for payload in found for line in payload.splitlines()]
        for message in messages:
            publication = message.get("push", {}).get("pub", {})
            if publication.get("data", {}).get("type") == "message.created":
                told = publication["data"]["message"]
                self.messages[told["message_id"]] = told["message"]
            self.position["offset"] = max(self.position.get("offset", 0), publication.get("offset", 0))
        return messages


def resynchronise(port: int, backend: Backend, devices: list[Device]) -> tuple[int, int]:
    """Have all come back to a restored server, load anew and go on talking.

    How many were told a new epoch and that they were not recovered, and how many end with what the server has.
    """
    told = 0
    for device in devices:
        before = dict(device.position)
        device.close()
        token = backend.call("POST", f"/users/{device.name}/token", {})["token"]
        reply = device.connect(port, token)
        told += bool(reply["was_recovering"] and not reply.get("recovered") and reply["epoch"] != before["epoch"])
        device.load()
    for device in devices:
        device.say("new")
    path = f"/group_channels/{ROOM}/messages?message_ts=0&next_limit=100"
    held = {each["message_id"]: each["message"] for each in backend.call("GET", path)["messages"]}
    for device in devices:
        device.hear(len(held))
    return told, sum(device.messages == held for device in devices)
