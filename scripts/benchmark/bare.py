"""The yardstick for fan-out: a process that does nothing but call `send` in a loop.

Usage: python bare.py CONNECTIONS. Prints its port; for each line `SIZE` on its input it sends a frame of that size to
every connection.
"""

from __future__ import annotations

import resource
import socket
import sys


def main() -> None:
    """Accept the connections, then send when told to."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    listener = socket.create_server(("127.0.0.1", 0), backlog=4096)
    print(listener.getsockname()[1], flush=True)
    connections = [listener.accept()[0] for _ in range(int(sys.argv[1]))]
    for connection in connections:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.setblocking(False)
    for line in sys.stdin:
        size = int(line)
        data = b"a bare frame!".ljust(size, b"x")
        for connection in connections:
            connection.send(data)


main()
