"""Clients of the endless answers (HTTP streams, server-sent events) that never read them, in a room full of talk."""

import json
from urllib.parse import quote

from attack import Attack
from peer import HUNG_UP, LEFT, Behaviour, Peer

from attacks.slow_readers import STAY_SECONDS, WINDOW_BYTES, talk


def commands(peer: Peer) -> bytes:
    """Log in and subscribe."""
    connect = {"id": 1, "connect": {"token": peer.token}}
    return (json.dumps(connect) + "\n" + json.dumps({"id": 2, "subscribe": {"channel": "~"}})).encode()


def stream(peer: Peer) -> Behaviour:
    """Ask for an endless answer, and read its beginning."""
    peer.connect(window=WINDOW_BYTES)
    said = commands(peer)
    if peer.number % 2:
        peer.send(f"GET /connection/sse?cf_connect={quote(said)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    else:
        head = f"POST /connection/http_stream HTTP/1.1\r\nHost: x\r\nContent-Length: {len(said)}\r\n\r\n"
        peer.send(head.encode() + said)
    yield from peer.wait(lambda: peer.status == 200)
    peer.reads = False
    yield from peer.pause(STAY_SECONDS)


ATTACK = Attack(
    places=[(200, stream), (1, talk)],
    must={LEFT},
    may={HUNG_UP},
    counted={3008},
)
