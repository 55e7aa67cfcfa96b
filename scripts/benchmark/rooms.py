"""Rooms of a hundred, with senders that keep several messages on their way."""

from __future__ import annotations

import argparse
import time

from backend import Backend
from server import Server
from swarm import Swarm, rpc

MEMBERS = 100
MARKER = b'"message.created"'
ANSWER = b'"rpc":'
PATIENCE_SECONDS = 120


def run(options: argparse.Namespace) -> dict[str, float]:
    """Deliveries per second over all rooms."""
    with Server() as server:
        backend = Backend(server.port, server.token)
        names = [f"user{n}" for n in range(options.rooms * MEMBERS)]
        tokens = backend.make_users(names)
        for room in range(options.rooms):
            backend.make_channel(f"room{room}", names[room * MEMBERS : (room + 1) * MEMBERS])
        swarm = Swarm(server.port, MARKER)
        swarm.connect(tokens, {})
        cpu = server.cpu_seconds
        seconds = _talk(swarm, options)
        cpu = server.cpu_seconds - cpu
        expected = options.messages * MEMBERS
        wrong = [count for count in swarm.counts if count != expected // MEMBERS]
        swarm.close()
    if wrong:
        raise RuntimeError(f"{len(wrong)} members did not get each message once")
    sends = options.rooms * options.messages
    return {
        "rooms": options.rooms,
        "deliveries per second": round(sends * MEMBERS / seconds),
        "durable sends per second": round(sends / seconds),
        "server processor seconds per second": round(cpu / seconds, 2),
    }


def _talk(swarm: Swarm, options: argparse.Namespace) -> float:
    """In each room the first members send in turns, with `window` messages on their way; until all is delivered."""
    left = [options.messages] * options.rooms
    total = options.rooms * options.messages * MEMBERS
    began = time.perf_counter()
    for room in range(options.rooms):
        for number in range(min(options.window, left[room])):
            _send(swarm, room, number, options.senders)
            left[room] -= 1
    got = 0
    deadline = time.monotonic() + PATIENCE_SECONDS
    while got < total:
        before = swarm.counts[::MEMBERS]
        got += swarm.count(1.0)
        # The first member of a room sees all of its messages: each one that came makes room for another.
        for room, (was, now) in enumerate(zip(before, swarm.counts[::MEMBERS], strict=True)):
            for _ in range(min(now - was, left[room])):
                _send(swarm, room, left[room], options.senders)
                left[room] -= 1
        if time.monotonic() > deadline:
            raise RuntimeError(f"{got} of {total} deliveries came")
    return time.perf_counter() - began


def _send(swarm: Swarm, room: int, number: int, senders: int) -> None:
    params = {"channel_url": f"room{room}", "message": "x" * 120}
    swarm.send(room * MEMBERS + number % senders, rpc(number + 10, "messages.send", params))
