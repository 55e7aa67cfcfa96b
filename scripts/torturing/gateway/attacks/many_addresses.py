"""The same from a thousand addresses, none of which has too many."""

from attack import Attack
from peer import HUNG_UP, LEFT, Behaviour, Peer
from swarm import UPGRADE

ADDRESSES = 1000


def half(peer: Peer) -> Behaviour:
    """Begin a handshake."""
    peer.connect(ADDRESSES)
    peer.send(UPGRADE[:60])
    yield from peer.wait()


def whole(peer: Peer) -> Behaviour:
    """Complete it, and say nothing more."""
    yield from peer.upgrade(ADDRESSES)
    yield from peer.wait()


ATTACK = Attack(
    places=[(1000, half), (2500, whole)],
    must={"HTTP 503", "close 3502"},
    may={"HTTP 408", LEFT, HUNG_UP},
)
