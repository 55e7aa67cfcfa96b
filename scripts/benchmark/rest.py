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
from typing import Any

from backend import Backend
from hurry import rate
from server import ROOT, Server

TURNS = 5
SECONDS = 1.0
MESSAGES = "/group_channels/room/messages"
SENT: dict[str, Any] = {"message_type": "MESG", "user_id": "ann", "message": "x" * 120}


def run(options: argparse.Namespace) -> dict[str, float]:
    """Answers per second, and what part that is of a bare hello."""
    with Server() as server, _hello() as bare:
        assert bare.stdout is not None
        port = int(bare.stdout.readline())
        backend = Backend(server.port, server.token)
        backend.make_users(["ann"])
        backend.make_channel("room", ["ann"])
        for _ in range(50):
            backend.call("POST", MESSAGES, SENT)
        listed = f"{MESSAGES}?message_ts={2**52}&next_limit=0&prev_limit="
        cases = {
            "hellos": (port, _request(server.token, "GET", "/hello")),
            "sends": (server.port, _request(server.token, "POST", MESSAGES, SENT)),
            "lists of 1": (server.port, _request(server.token, "GET", f"{listed}1")),
            "lists of 15": (server.port, _request(server.token, "GET", f"{listed}15")),
            "views of a user": (server.port, _request(server.token, "GET", "/users/ann")),
        }
        turns = [{name: rate(*case, SECONDS) for name, case in cases.items()} for _ in range(TURNS)]
        bare.kill()
    found = {f"{name} per second": float(round(median(turn[name] for turn in turns))) for name in cases}
    for name in list(cases)[1:]:
        found[f"{name}, part of a hello"] = round(median(turn[name] / turn["hellos"] for turn in turns), 2)
    return found


def _hello() -> subprocess.Popen[str]:
    command = [sys.executable, str(ROOT / "scripts" / "benchmark" / "hello.py")]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def _request(token: str, method: str, path: str, body: dict[str, Any] | None = None) -> bytes:
    raw = b"" if body is None else json.dumps(body).encode()
    head = f"{method} /v3{path} HTTP/1.1\r\nHost: bench\r\nApi-Token: {token}\r\nContent-Length: {len(raw)}\r\n\r\n"
    return head.encode() + raw
