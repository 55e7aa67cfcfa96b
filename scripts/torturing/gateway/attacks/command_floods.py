"""Commands far beyond what a client may send: reads, writes, and what does not exist."""

import json

from attack import Attack
from peer import HUNG_UP, Behaviour, Peer
from swarm import rpc
from target import ROOM

AT_ONCE = 200
CALLS = (
    ("users.me", {}),
    ("messages.send", {"channel_url": ROOM, "message": "flood"}),
    ("messages.list", {"channel_url": ROOM, "message_ts": 1 << 50, "prev_limit": 100}),
    ("channels.list", {}),
    ("users.list", {"nickname_startswith": "p", "limit": 100}),
    ("channels.typing", {"channel_url": ROOM, "typing": True}),
    ("no.such", json.loads("[" * 50 + "]" * 50)),
)


def flood(peer: Peer) -> Behaviour:
    """Call the same all the time."""
    yield from peer.log_in(subscribe=True)
    method, params = CALLS[peer.number % len(CALLS)]
    calls = b"".join(rpc(number, method, params) for number in range(2, AT_ONCE))
    while True:
        peer.send(calls)
        yield from peer.sent()


ATTACK = Attack(
    places=[(30, flood)],
    must={"error 111", "close 3013"},
    may={HUNG_UP, "close 3008", "error 104", "error 107", "error 100"},
)
