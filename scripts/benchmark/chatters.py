"""People who chat all the while, in a process of their own, and how long their messages take.

Usage: python chatters.py PORT CHANNEL RATE, with a session token per line on its input and an empty line at their end.
Prints `ready`; until its input ends it sends RATE messages a second, from one after the other. Then it prints how many
were sent and the median, the 99th percentile and the longest time from a send to the publication at the last of them,
in milliseconds.
"""

from __future__ import annotations

import json
import select
import sys
import time

from swarm import Swarm, rpc

MARKER = b'"message.created"'
PATIENCE_SECONDS = 10


def main() -> None:
    """Connect, say so, chat, report."""
    port, channel, rate = int(sys.argv[1]), sys.argv[2], float(sys.argv[3])
    tokens = []
    while token := sys.stdin.readline().strip():
        tokens.append(token)
    swarm = Swarm(port, MARKER)
    swarm.connect(tokens, {})
    print("ready", flush=True)
    waits = _chat(swarm, channel, 1 / rate)
    waits.sort()
    report = {
        "messages": len(waits),
        "p50": waits[len(waits) // 2] * 1000,
        "p99": waits[len(waits) * 99 // 100] * 1000,
        "max": waits[-1] * 1000,
    }
    print(json.dumps(report), flush=True)


def _chat(swarm: Swarm, channel: str, pause: float) -> list[float]:
    """One message at a time: seconds until each has reached everybody."""
    waits: list[float] = []
    members = len(swarm.sockets)
    while not select.select([sys.stdin], [], [], 0)[0]:
        began = time.perf_counter()
        params = {"channel_url": channel, "message": "x" * 120}
        swarm.send(len(waits) % members, rpc(10 + len(waits), "messages.send", params))
        swarm.count_to(members, PATIENCE_SECONDS)
        waits.append(time.perf_counter() - began)
        time.sleep(max(0.0, began + pause - time.perf_counter()))
    return waits


if __name__ == "__main__":
    main()
