"""One message to all in an open channel, beside one to as many members of a group channel on the same sockets."""

from __future__ import annotations

import argparse
import json
import time

from backend import Backend
from server import Server
from stalls import lag, longest
from swarm import Swarm, frame, rpc

TOLD = b'"message.created"'
ENTERED = b'"recoverable":true'
PATIENCE_SECONDS = 120
BATCH = 500
VISITORS = 1000
NAME = "open:stage"


def run(options: argparse.Namespace) -> dict[str, float]:
    """Entering, messages in turns to the open channel and the group, and messages while others come and go."""
    present = options.present
    with Server() as server:
        backend = Backend(server.port, server.token)
        names = [f"user{n}" for n in range(present)]
        tokens = backend.make_users(names)
        backend.make_channel("group", names)
        audience, visitors = Swarm(server.port, ENTERED), Swarm(server.port, ENTERED)
        audience.connect(tokens, {})
        visitors.connect(tokens[: min(VISITORS, present)], None)
        audience.send(0, rpc(3, "open_channels.create", {"channel_url": "stage"}))
        while not any(b'"id":3' in data for _, data in audience.receive(1.0)):
            pass
        memory = server.private_bytes
        entering = _enter(audience)
        memory = server.private_bytes - memory
        before = lag(server.port)
        figures = _talk(server, audience, options.rounds) | _churn(audience, visitors, options.rounds)
        late = {bound: count - before[bound] for bound, count in lag(server.port).items()}
        audience.close()
        visitors.close()
    return {
        "present": present,
        "entered per second": round(present / entering),
        "bytes for each": round(memory / present),
        **figures,
        "longest stall was under, milliseconds": longest(late),
    }


def _enter(audience: Swarm) -> float:
    """Everybody enters; the seconds it took."""
    began = time.perf_counter()
    for first in range(0, len(audience.sockets), BATCH):
        for index in range(first, min(first + BATCH, len(audience.sockets))):
            audience.send(index, _commands({"id": 4, "subscribe": {"channel": NAME}}))
        audience.count_to(min(BATCH, len(audience.sockets) - first), PATIENCE_SECONDS)
    return time.perf_counter() - began


def _talk(server: Server, audience: Swarm, rounds: int) -> dict[str, float]:
    """Messages to the open channel and to the group in turns."""
    audience.watch(TOLD)
    count = len(audience.sockets)
    times: dict[str, list[float]] = {"stage": [], "group": []}
    spent = {"stage": 0.0, "group": 0.0}
    for number in range(2 * (rounds + 1)):
        channel = ("stage", "group")[number % 2]
        before, began = server.cpu_seconds, time.perf_counter()
        _say(audience, channel, number)
        audience.count_to(count, PATIENCE_SECONDS)
        if number > 1:  # the first of each warms everything up
            times[channel].append(time.perf_counter() - began)
            spent[channel] += server.cpu_seconds - before
    _check(audience, 2 * (rounds + 1))
    ours, theirs = (count / _median(times[channel]) for channel in ("stage", "group"))
    return {
        "deliveries per second": round(ours),
        "deliveries per second in a group": round(theirs),
        "ratio": round(ours / theirs, 3),
        "processor microseconds per delivery": round(spent["stage"] / count / rounds * 1e6, 2),
        "the same in a group": round(spent["group"] / count / rounds * 1e6, 2),
    }


def _churn(audience: Swarm, visitors: Swarm, rounds: int) -> dict[str, float]:
    """Messages while visitors enter and leave. Who stays gets each once."""
    audience.watch(TOLD)
    began = time.perf_counter()
    for number in range(rounds):
        for index in range(len(visitors.sockets)):
            leave, enter = {"channel": NAME}, {"channel": NAME}
            visitors.send(index, _commands({"id": 5, "unsubscribe": leave}, {"id": 6, "subscribe": enter}))
            if index == len(visitors.sockets) // 2:
                _say(audience, "stage", number)
        audience.count_to(len(audience.sockets), PATIENCE_SECONDS)
        visitors.count_to(len(visitors.sockets), PATIENCE_SECONDS)
    seconds = time.perf_counter() - began
    _check(audience, rounds)
    return {
        "deliveries per second with comings and goings": round(rounds * len(audience.sockets) / seconds),
        "entered and left per second beside them": round(rounds * len(visitors.sockets) / seconds),
    }


def _say(audience: Swarm, channel_url: str, number: int) -> None:
    audience.send(0, rpc(10 + number, "messages.send", {"channel_url": channel_url, "message": "x" * 120}))


def _check(audience: Swarm, expected: int) -> None:
    wrong = set(audience.counts) - {expected}
    if wrong:
        raise RuntimeError(f"some got {wrong} messages instead of {expected}")


def _commands(*commands: dict[str, object]) -> bytes:
    return frame("\n".join(map(json.dumps, commands)).encode())


def _median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]
