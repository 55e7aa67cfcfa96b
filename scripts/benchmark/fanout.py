"""One message to thousands, against a bare loop of `send` on as many sockets in the same run."""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

from backend import Backend
from server import Server
from swarm import Swarm, rpc

MARKER = b'"message.created"'
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
        spent = bare_spent = 0.0
        for number in range(options.rounds):
            before = server.cpu_seconds
            ours.append(_round(swarm, count, lambda n=number: swarm.send(0, _message(n + 2))))
            spent += server.cpu_seconds - before
            seconds, processor = bare.round(size)
            theirs.append(seconds)
            bare_spent += processor
        wrong = set(swarm.counts) - {options.rounds + 1}
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
        "processor microseconds per delivery": round(spent / count / options.rounds * 1e6, 2),
        "the same of the bare loop": round(bare_spent / count / options.rounds * 1e6, 2),
    }


class Bare:
    """The bare loop and its audience, in processes of their own."""

    def __init__(self, count: int) -> None:
        path = Path(__file__).with_name("bare.py")
        self._process = subprocess.Popen(
            [sys.executable, str(path), str(count)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._answer()

    def round(self, size: int) -> tuple[float, float]:
        """Have a frame of `size` bytes sent to every receiver; the seconds it took, and the sender's processor time."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{size}\n")
        self._process.stdin.flush()
        seconds, processor = self._answer().split()
        return float(seconds), float(processor)

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()

    def _answer(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()


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
