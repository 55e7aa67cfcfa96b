"""Pings without end, each of which wants an answer with as much in it."""

from attack import Attack
from peer import HUNG_UP, Behaviour, Peer

PINGS = (b"\x89\xfd\0\0\0\0" + b"x" * 125) * 500


def flood(peer: Peer) -> Behaviour:
    """Log in, and ping; read the answers in some connections only."""
    yield from peer.log_in()
    peer.reads = peer.number % 2 == 0
    while True:
        peer.send(PINGS)
        yield from peer.sent()


ATTACK = Attack(places=[(40, flood)], must={"close 3013"}, may={HUNG_UP})
