"""Memory of an idle connection: logged in, subscribed, silent."""

from __future__ import annotations

import argparse
import time

from backend import Backend
from server import Server
from swarm import Swarm

# What is remembered of logins is saved and forgotten within these.
SETTLE_SECONDS = 10


def run(options: argparse.Namespace) -> dict[str, float]:
    """Private bytes of the server per connection."""
    with Server() as server:
        backend = Backend(server.port, server.token)
        tokens = backend.make_users([f"user{n}" for n in range(options.connections)])
        # The first clients pay for what the server loads and allocates once.
        warm = Swarm(server.port, b"none")
        warm.connect(tokens[:200], {})
        time.sleep(SETTLE_SECONDS)
        before = server.private_bytes
        swarm = Swarm(server.port, b"none")
        began = time.monotonic()
        swarm.connect(tokens[200:], {})
        seconds = time.monotonic() - began
        time.sleep(SETTLE_SECONDS)
        count = options.connections - 200
        after = server.private_bytes
        busy = server.cpu_seconds
        time.sleep(SETTLE_SECONDS)
        idle_cpu = (server.cpu_seconds - busy) / SETTLE_SECONDS
        swarm.close()
        warm.close()
    return {
        "connections": options.connections,
        "bytes per connection": round((after - before) / count),
        "connects per second": round(count / seconds),
        "processor share while idle": round(idle_cpu, 4),
    }
