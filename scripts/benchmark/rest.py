"""The Platform API over one keep-alive connection."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from typing import Any

from backend import Backend
from server import Server

CALLS = 1500


def run(options: argparse.Namespace) -> dict[str, float]:
    """Calls per second, one after the other."""
    with Server() as server:
        backend = Backend(server.port, server.token)
        backend.make_users(["ann"])
        backend.make_channel("room", ["ann"])
        path = "/group_channels/room/messages"
        body: dict[str, Any] = {"message_type": "MESG", "user_id": "ann", "message": "x" * 120}
        sends = _rate(lambda: backend.call("POST", path, body))
        lists = _rate(lambda: backend.call("GET", f"{path}?message_ts={2**52}&prev_limit=30"))
        health = _rate(lambda: backend.call("GET", "/users/ann"))
    return {"sends per second": sends, "lists of 30 per second": lists, "views of a user per second": health}


def _rate(call: Callable[[], object]) -> int:
    began = time.perf_counter()
    for _ in range(CALLS):
        call()
    return round(CALLS / (time.perf_counter() - began))
