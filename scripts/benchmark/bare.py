"""The yardstick for fan-out: a process that does nothing but call `send` in a loop, and its audience.

Usage: python bare.py CONNECTIONS. For each line `SIZE` on its input it has a frame of that size sent to every
connection, and prints the seconds until all have it, and the sender's processor seconds.
"""

from __future__ import annotations

import os
import resource
import socket
import sys
import time

from server import cpu_seconds
from swarm import Swarm

MARKER = b"a bare frame!"
PATIENCE_SECONDS = 60


def main() -> None:
    """Fork the sender, connect the audience, then measure when told to."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    count = int(sys.argv[1])
    listener = socket.create_server(("127.0.0.1", 0), backlog=4096)
    orders, sender = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(sender)
        _send_forever(listener, count, orders)
        os._exit(0)
    port = listener.getsockname()[1]
    listener.close()
    swarm = Swarm(port, MARKER)
    for _ in range(count):
        swarm.adopt(socket.create_connection(("127.0.0.1", port)))
    print("ready", flush=True)
    for line in sys.stdin:
        began, before = time.perf_counter(), cpu_seconds(child)
        os.write(sender, line.encode())
        swarm.count_to(count, PATIENCE_SECONDS)
        print(time.perf_counter() - began, cpu_seconds(child) - before, flush=True)


def _send_forever(listener: socket.socket, count: int, orders: int) -> None:
    connections = [listener.accept()[0] for _ in range(count)]
    for connection in connections:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.setblocking(False)
    while line := os.read(orders, 100):
        data = MARKER.ljust(int(line), b"x")
        for connection in connections:
            connection.send(data)


main()
