"""Clients that leave in the middle of a large message, and come back to do so again."""

from attack import Attack
from peer import LEFT, Behaviour, Peer
from swarm import rpc

BEGUN = b"\x81\xfe\xff\xff\0\0\0\0" + b"x" * 60_000


def leave(peer: Peer) -> Behaviour:
    """Say something, begin to say more, and go."""
    yield from peer.log_in()
    peer.send(rpc(2, "users.me", {}) + BEGUN)
    yield from peer.sent()
    yield 0.05
    peer.reset()


ATTACK = Attack(places=[(100, leave)], must={LEFT}, may={"close 3008", "close 3502", "HTTP 429", "HTTP 503"})
