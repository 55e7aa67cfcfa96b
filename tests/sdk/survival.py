"""Clients that lose their server in the middle of sending."""

from __future__ import annotations

import json
import random
import subprocess
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tests.sdk.backend import CHANNEL, Backend
from tests.served import Served

MESSAGES = 300
KILLS = 3
DEADLINE_SECONDS = 60


@dataclass
class Client:
    """A client in a process of its own, and the lines it has written."""

    process: subprocess.Popen[str]
    lines: list[dict[str, Any]] = field(default_factory=list)

    def read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(json.loads(line))

    def wait_for_lines(self, count: int) -> None:
        deadline = time.monotonic() + DEADLINE_SECONDS
        while len(self.lines) < count:
            assert self.process.poll() is None, "the client ended early"
            assert time.monotonic() < deadline, "the client is stuck"
            time.sleep(0.005)


def start(command: list[str]) -> Client:
    client = Client(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
    threading.Thread(target=client.read, daemon=True).start()
    client.wait_for_lines(1)
    return client


def survive(served: Served, program: list[str]) -> None:
    """Two clients of one SDK; the server is killed and started again while one sends. Nothing is lost or doubled."""
    backend = Backend(served)
    backend.people("ann", "bob")
    where = f"{served.url.replace('http', 'ws')}/connection/websocket"
    receiver = start([*program, "receive", where, backend.session("bob"), CHANNEL, str(MESSAGES)])
    sender = start([*program, "send", where, backend.session("ann"), CHANNEL, str(MESSAGES)])
    for kill in range(1, KILLS + 1):
        sender.wait_for_lines(kill * MESSAGES // (KILLS + 1) + random.randrange(20))
        served.kill()
        served.start()
    for client in (sender, receiver):
        assert client.process.wait(DEADLINE_SECONDS) == 0
    check(backend.history(), sender.lines, receiver.lines)


def check(history: list[dict[str, Any]], sent: list[dict[str, Any]], received: list[dict[str, Any]]) -> None:
    """Acknowledged = stored = received, each once and in order."""
    stored = [(message["message_id"], message["req_id"]) for message in history]
    acknowledged = [line for line in sent if "message_id" in line and "offset" not in line]
    assert len(acknowledged) == MESSAGES
    assert [(line["message_id"], line["req_id"]) for line in acknowledged] == stored
    assert [message["message"] for message in history] == [f"message {number}" for number in range(MESSAGES)]
    for lines in (sent, received):
        told = [(line["message_id"], line["req_id"]) for line in lines if "offset" in line]
        assert told == stored
        assert max(Counter(told).values()) == 1
