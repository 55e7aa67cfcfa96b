"""Calls that do nothing: how many go back and forth, alone and beside idle neighbours."""

from __future__ import annotations

import argparse
import time

from backend import Backend
from server import Server
from swarm import Swarm, rpc

CALLERS = 200
NEIGHBOURS = 1000
MARKER = b'"server_time"'
CALL = rpc(7, "server.time", {})
PATIENCE_SECONDS = 120


def run(options: argparse.Namespace) -> dict[str, float]:
    """Round trips per second of 200 connections with one call, and with several calls on their way."""
    with Server() as server:
        backend = Backend(server.port, server.token)
        tokens = backend.make_users([f"user{n}" for n in range(CALLERS + NEIGHBOURS)])
        callers = Swarm(server.port, MARKER)
        callers.connect(tokens[:CALLERS], None)
        found = _measure(server, callers, options, "")
        neighbours = Swarm(server.port, MARKER)
        neighbours.connect(tokens[CALLERS:], {})
        found |= _measure(server, callers, options, f", beside {NEIGHBOURS:,} idle ones")
    return {"connections": CALLERS, **found}


def _measure(server: Server, swarm: Swarm, options: argparse.Namespace, where: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for window in (1, options.calls_window):
        cpu, began = server.cpu_seconds, time.perf_counter()
        _exchange(swarm, options.calls, window)
        seconds, cpu = time.perf_counter() - began, server.cpu_seconds - cpu
        found[f"calls per second, {window} on their way{where}"] = round(options.calls / seconds)
        found[f"processor microseconds each, {window} on their way{where}"] = round(cpu / options.calls * 1e6, 1)
    return found


def _exchange(swarm: Swarm, calls: int, window: int) -> None:
    """Each answer makes room for another call, until there were enough of them."""
    left = calls
    for index in range(len(swarm.sockets)):
        swarm.send(index, CALL * window)
        left -= window
    done, deadline = 0, time.monotonic() + PATIENCE_SECONDS
    while done < calls:
        for index, data in swarm.receive(1.0):
            number = data.count(MARKER)
            done += number
            more = min(number, left)
            if more > 0:
                swarm.send(index, CALL * more)
                left -= more
        if time.monotonic() > deadline:
            raise RuntimeError(f"{done} of {calls} calls were answered")
