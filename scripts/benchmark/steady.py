"""Open-loop sends: at a steady rate, whatever the answers do. A wait begins when a send was due, not when it left."""

from __future__ import annotations

import time
from collections import deque
from typing import NamedTuple

from backend import Backend
from swarm import Swarm, rpc

WRITERS = 50
ANSWER = b'"rpc":{"data"'
PATIENCE_SECONDS = 60
TEXT = "x" * 100
LARGEST_DATA = "x" * 20_000


class Waits(NamedTuple):
    """Milliseconds from a send to its acknowledgement, and how many per second there were."""

    p50: float
    p99: float
    longest: float
    rate: float


class Steady:
    """Users who send to a channel of their own each, one after the other. `sent` counts their messages."""

    def __init__(self, port: int, names: list[str], tokens: list[str]) -> None:
        self._swarm = Swarm(port, ANSWER)
        self._swarm.connect(tokens, None)
        self._names = names
        # A connection's writes are answered in order.
        self._due: list[deque[float]] = [deque() for _ in names]
        self.sent = 0

    def fill(self, count: int) -> None:
        """Send as many of the largest messages, each connection one after the other."""
        for _ in range(0, count, len(self._names)):
            for _ in self._names:
                self._send(0.0, {"data": LARGEST_DATA})
            waits: list[float] = []
            while len(waits) < len(self._names):
                self._receive(waits, PATIENCE_SECONDS)

    def run(self, rate: float, seconds: float) -> Waits:
        """Send for so long, and wait for all answers. Raises RuntimeError when they do not come."""
        began = time.perf_counter()
        waits: list[float] = []
        total = int(rate * seconds)
        sent = 0
        while len(waits) < total:
            now = time.perf_counter()
            while sent < total and (due := began + sent / rate) <= now:
                self._send(due)
                sent += 1
            self._receive(waits, began + sent / rate - time.perf_counter() if sent < total else 0.1)
            if now - began > seconds + PATIENCE_SECONDS:
                raise RuntimeError(f"{len(waits)} of {total} sends were acknowledged")
        took = time.perf_counter() - began
        waits.sort()
        p50, p99 = waits[len(waits) // 2], waits[len(waits) * 99 // 100]
        return Waits(p50 * 1000, p99 * 1000, waits[-1] * 1000, total / took)

    def close(self) -> None:
        """Hang up."""
        self._swarm.close()

    def _send(self, due: float, more: dict[str, str] | None = None) -> None:
        index = self.sent % len(self._names)
        self.sent += 1
        name = self._names[index]
        params = {"channel_url": f"notes-{name}", "message": TEXT, "req_id": str(self.sent), **(more or {})}
        self._due[index].append(due)
        self._swarm.send(index, rpc(self.sent + 2, "messages.send", params))

    def _receive(self, waits: list[float], timeout: float) -> None:
        before = list(self._swarm.counts)
        if not self._swarm.count(max(timeout, 0)):
            return
        now = time.perf_counter()
        for due, was, has in zip(self._due, before, self._swarm.counts, strict=True):
            waits += [now - due.popleft() for _ in range(has - was)]


def writers(port: int, backend: Backend) -> Steady:
    """Users who write, each in a channel of their own."""
    names = [f"user{number}" for number in range(WRITERS)]
    tokens = backend.make_users(names)
    for name in names:
        backend.make_channel(f"notes-{name}", [name])
    return Steady(port, names, tokens)
