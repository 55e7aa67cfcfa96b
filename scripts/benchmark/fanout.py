"""One message to thousands, against a bare loop of `send` on as many sockets in the same run."""

from __future__ import annotations

import argparse
import socket
import subprocess
import sys
import time
from pathlib import Path

from backend import Backend
from server import Server
from swarm import Swarm, rpc

MARKER = b'"message.created"'
BARE_MARKER = b"a bare frame!"
PATIENCE_SECONDS = 60


def run(options: argparse.Namespace) -> dict[str, float]:
    """Deliveries per second of chatd and of the bare loop, taken in turns."""
    count = options.audience
    with Server() as server:
        backend = Backend(server.port, server.token)
        names = [f"user{n}" for n in range(count)]
        tokens = backend.make_users(names)
        backend.make_channel("stage", names)
        swarm = Swarm(server.port, MARKER)
        swarm.connect(tokens, {})
        size = _frame_size(swarm)
        bare = Bare(count)
        ours: list[float] = []
        theirs: list[float] = []
        for number in range(options.rounds):
            ours.append(_round(swarm, count, lambda n=number: swarm.send(0, _message(n + 2))))
            theirs.append(_round(bare.swarm, count, lambda: bare.send(size)))
        wrong = {*swarm.counts, *(number + 1 for number in bare.swarm.counts)} - {options.rounds + 1}
        bare.close()
        swarm.close()
    if wrong:
        raise RuntimeError(f"some receivers got {wrong} messages instead of {options.rounds + 1}")
    ours_rate, theirs_rate = count / _median(ours), count / _median(theirs)
    return {
        "audience": count,
        "frame bytes": size,
        "deliveries per second": round(ours_rate),
        "bare send loop per second": round(theirs_rate),
        "ratio": round(ours_rate / theirs_rate, 3),
    }


class Bare:
    """The bare loop in a process of its own, and its receivers here."""

    def __init__(self, count: int) -> None:
        path = Path(__file__).with_name("bare.py")
        self._process = subprocess.Popen(
            [sys.executable, str(path), str(count)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        port = int(self._process.stdout.readline())
        self.swarm = Swarm(port, BARE_MARKER)
        for _ in range(count):
            self.swarm._adopt(socket.create_connection(("127.0.0.1", port)))

    def send(self, size: int) -> None:
        """Have a frame of `size` bytes sent to every receiver."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{size}\n")
        self._process.stdin.flush()

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        self.swarm.close()


def _message(id: int) -> bytes:
    return rpc(id, "messages.send", {"channel_url": "stage", "message": "x" * 120, "req_id": str(id)})


def _frame_size(swarm: Swarm) -> int:
    """Send one message to learn how large its frame is; it also warms everything up."""
    swarm.send(0, _message(1))
    size, got = 0, 0
    while got < len(swarm.sockets):
        for index, data in swarm.receive(1.0):
            got += data.count(MARKER)
            swarm.counts[index] += data.count(MARKER)
            size = len(data) if index else size
    return size


def _round(swarm: Swarm, count: int, begin: object) -> float:
    assert callable(begin)
    began = time.perf_counter()
    begin()
    swarm.count_to(count, PATIENCE_SECONDS)
    return time.perf_counter() - began


def _median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]
