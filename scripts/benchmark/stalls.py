"""The longest time for which the loop was held up: a full house with comings and goings, and messages to thousands."""

from __future__ import annotations

import argparse
import re
import time

import httpx
from backend import Backend
from chat import Chat
from server import Server
from swarm import Swarm, rpc

CHATTERS = 100
AT_A_TIME = 50
PAUSE_SECONDS = 0.5


def run(options: argparse.Namespace) -> dict[str, float]:
    """For some seconds a full house, churn, a message to 5,000 every half second, and a chat."""
    with Server() as server:
        backend = Backend(server.port, server.token)
        names = [f"user{n}" for n in range(options.connections)]
        tokens = backend.make_users(names)
        backend.make_channel("stage", names[:5000])
        house = Swarm(server.port, b"none")
        house.connect(tokens, {})
        chat = Chat(backend, server.port, CHATTERS)
        before = lag(server.port)
        rounds = _live(server.port, house, tokens, options.seconds)
        after = lag(server.port)
        report = chat.end()
    late = {bound: count - before[bound] for bound, count in after.items()}
    return {
        "connections": options.connections,
        "came and went": rounds * AT_A_TIME,
        "messages to 5,000": rounds,
        "longest stall was under, milliseconds": longest(late),
        "wake-ups more than 10 ms late": late["+Inf"] - late["0.01"],
        "wake-ups": late["+Inf"],
        "others' p99 milliseconds": round(report["p99"], 1),
    }


def _live(port: int, house: Swarm, tokens: list[str], seconds: float) -> int:
    """Every half second some come and go, and somebody speaks to the audience."""
    rounds, ends = 0, time.monotonic() + seconds
    while time.monotonic() < ends:
        began = time.monotonic()
        params = {"channel_url": "stage", "message": "x" * 120}
        house.send(0, rpc(10 + rounds, "messages.send", params))
        visitors = Swarm(port, b"none")
        first = rounds * AT_A_TIME % (len(tokens) - AT_A_TIME)
        visitors.connect(tokens[first : first + AT_A_TIME], {})
        visitors.close()
        while time.monotonic() < began + PAUSE_SECONDS:
            house.count(0.01)
        rounds += 1
    return rounds


def lag(port: int) -> dict[str, int]:
    """How many wake-ups of the loop were late by at most so many seconds."""
    text = httpx.get(f"http://127.0.0.1:{port}/metrics").text
    found = re.findall(r'chatd_loop_lag_seconds_bucket\{le="([^"]+)"\} (\S+)', text)
    return {bound: int(float(count)) for bound, count in found}


def longest(late: dict[str, int]) -> float:
    """The smallest bound that no wake-up exceeded, in milliseconds."""
    every = late["+Inf"]
    return min(float(bound) for bound, count in late.items() if count == every) * 1000
