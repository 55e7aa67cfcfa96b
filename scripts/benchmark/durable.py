"""Durable sends: how many per second are acknowledged, and how long an acknowledgement takes."""

from __future__ import annotations

import argparse
import time

from backend import Backend
from server import Server
from swarm import Swarm, rpc

ANSWER = b'"rpc":{"data"'
PATIENCE_SECONDS = 120


def run(options: argparse.Namespace) -> dict[str, float]:
    """At full load, then with one message at a time on each of a few connections."""
    with Server() as server:
        backend = Backend(server.port, server.token)
        names = [f"user{n}" for n in range(options.writers)]
        tokens = backend.make_users(names)
        for name in names:
            backend.make_channel(f"notes-{name}", [name])
        full = _measure(server, names, tokens, options.sends, options.window)
        calm = _measure(server, names[:4], tokens[:4], 2000, 1)
    return {
        "connections": options.writers,
        "sends per second": round(full[0]),
        "p50 milliseconds": round(full[1] * 1000, 2),
        "p99 milliseconds": round(full[2] * 1000, 2),
        "calm sends per second": round(calm[0]),
        "calm p50 milliseconds": round(calm[1] * 1000, 2),
        "calm p99 milliseconds": round(calm[2] * 1000, 2),
    }


def _measure(
    server: Server, names: list[str], tokens: list[str], sends: int, window: int
) -> tuple[float, float, float]:
    """Sends per second, median and 99th percentile of the seconds from a send to its acknowledgement."""
    swarm = Swarm(server.port, ANSWER)
    swarm.connect(tokens, None)
    sent_at: list[list[float]] = [[] for _ in names]
    waits: list[float] = []
    left = sends
    began = time.perf_counter()
    for index in range(len(names)):
        for _ in range(window):
            _send(swarm, index, names, sent_at)
            left -= 1
    deadline = time.monotonic() + PATIENCE_SECONDS
    done = 0
    while done < sends:
        before = list(swarm.counts)
        done += swarm.count(1.0)
        now = time.perf_counter()
        for index, (was, has) in enumerate(zip(before, swarm.counts, strict=True)):
            # A connection's writes are answered in order.
            waits += [now - at for at in sent_at[index][was:has]]
            for _ in range(min(has - was, max(left, 0))):
                _send(swarm, index, names, sent_at)
                left -= 1
        if time.monotonic() > deadline:
            raise RuntimeError(f"{done} of {sends} sends were acknowledged")
    seconds = time.perf_counter() - began
    swarm.close()
    waits.sort()
    return sends / seconds, waits[len(waits) // 2], waits[len(waits) * 99 // 100]


def _send(swarm: Swarm, index: int, names: list[str], sent_at: list[list[float]]) -> None:
    number = len(sent_at[index])
    params = {"channel_url": f"notes-{names[index]}", "message": "x" * 120, "req_id": f"{id(swarm)}-{number}"}
    sent_at[index].append(time.perf_counter())
    swarm.send(index, rpc(number + 2, "messages.send", params))
