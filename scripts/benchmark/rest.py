"""The Platform API beside the same HTTP server with an application that only says hello.

Both are asked on several connections, turn by turn, so that what else the machine does meets both alike.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from statistics import median
from typing import Any, NamedTuple

from backend import Backend
from hurry import rate
from server import ROOT, Server, cpu_seconds

TURNS = 20
SECONDS = 0.3
MESSAGES = "/group_channels/room/messages"
LISTED = f"{MESSAGES}?message_ts={2**52}&next_limit=0&prev_limit="
SENT: dict[str, Any] = {"message_type": "MESG", "user_id": "ann", "message": "x" * 120}
OTHERS = [f"user{n}" for n in range(30)]


class Turn(NamedTuple):
    """Answers per second, and processor seconds of the server for each."""

    rate: float
    cost: float


def run(options: argparse.Namespace) -> dict[str, float]:
    """Answers per second, what part that is of a bare hello, and how many hellos each costs the processor."""
    with Server() as server, _hello() as bare:
        try:
            assert bare.stdout is not None
            hello = (bare.pid, int(bare.stdout.readline()), _request(server.token, "GET", "/hello"))
            cases = {"hellos": hello} | _cases(server)
            turns = [
                {name: _turn(*case, options.http_connections) for name, case in cases.items()} for _ in range(TURNS)
            ]
        finally:
            bare.kill()
    found = {f"{name} per second": float(round(median(turn[name].rate for turn in turns))) for name in cases}
    for name in list(cases)[1:]:
        found[f"{name}, part of a hello"] = round(median(turn[name].rate / turn["hellos"].rate for turn in turns), 2)
    for name in list(cases)[1:]:
        found[f"{name}, processor, hellos"] = round(median(turn[name].cost / turn["hellos"].cost for turn in turns), 2)
    return found


def _turn(pid: int, port: int, request: bytes, connections: int) -> Turn:
    before = cpu_seconds(pid)
    found = rate(port, request, SECONDS, connections)
    return Turn(found, (cpu_seconds(pid) - before) / (found * SECONDS))


def _cases(server: Server) -> dict[str, tuple[int, int, bytes]]:
    """The server's process and port, and what it is asked."""
    backend = Backend(server.port, server.token)
    backend.make_users(["ann", *OTHERS])
    backend.make_channel("room", ["ann"])
    for other in OTHERS:
        backend.make_channel(f"room-of-{other}", ["ann", other])
    for _ in range(50):
        backend.call("POST", MESSAGES, SENT)
    asked = {
        "sends": _request(server.token, "POST", MESSAGES, SENT),
        "lists of 1": _request(server.token, "GET", f"{LISTED}1"),
        "lists of 15": _request(server.token, "GET", f"{LISTED}15"),
        "views of a user": _request(server.token, "GET", "/users/ann"),
        "lists of 20 users": _request(server.token, "GET", "/users?limit=20"),
        "lists of 20 channels": _request(server.token, "GET", "/group_channels?limit=20&show_empty=true"),
    }
    return {name: (server.pid, server.port, request) for name, request in asked.items()}


def _hello() -> subprocess.Popen[str]:
    command = [sys.executable, str(ROOT / "scripts" / "benchmark" / "hello.py")]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def _request(token: str, method: str, path: str, body: dict[str, Any] | None = None) -> bytes:
    raw = b"" if body is None else json.dumps(body).encode()
    head = f"{method} /v3{path} HTTP/1.1\r\nHost: bench\r\nApi-Token: {token}\r\nContent-Length: {len(raw)}\r\n\r\n"
    return head.encode() + raw
