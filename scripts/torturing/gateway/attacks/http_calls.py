"""Calls over HTTP far beyond what a user may make, many at once on each connection; some do not read the answers."""

import json

from attack import Attack
from peer import HUNG_UP, LEFT, Behaviour, Peer
from target import ROOM

AT_ONCE = 50
PARAMS = json.dumps({"channel_url": ROOM, "message_ts": 1 << 50, "prev_limit": 100})


def flood(peer: Peer) -> Behaviour:
    """Call the same all the time."""
    peer.lingers = True
    peer.connect(window=4096)
    peer.reads = peer.number % 4 > 0
    head = f"Host: x\r\nAuthorization: Bearer {peer.token}\r\nContent-Length: {len(PARAMS)}\r\n\r\n"
    calls = f"POST /client/v1/rpc/messages.list HTTP/1.1\r\n{head}{PARAMS}".encode() * AT_ONCE
    while True:
        peer.send(calls)
        yield from peer.sent()


ATTACK = Attack(
    places=[(40, flood)],
    must={"HTTP 429"},
    may={LEFT, HUNG_UP},
    config={"gateway": {"commands_per_second_and_user": 20}},
)
