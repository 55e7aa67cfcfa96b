"""Connections from one address, as many as it can: silent, with half a handshake, reset as soon as they are there."""

from attack import Attack
from peer import HUNG_UP, LEFT, Behaviour, Peer
from swarm import UPGRADE


def silent(peer: Peer) -> Behaviour:
    """Say nothing."""
    peer.connect()
    yield from peer.wait()


def half(peer: Peer) -> Behaviour:
    """Begin a handshake, and stay after the refusal."""
    peer.lingers = True
    peer.connect()
    peer.send(UPGRADE[:60])
    yield from peer.wait()


def reset(peer: Peer) -> Behaviour:
    """Come and go."""
    peer.connect()
    peer.send(UPGRADE)
    peer.reset()
    yield 0.01


ATTACK = Attack(
    places=[(1000, silent), (1000, half), (20, reset)],
    must={"HTTP 429", "HTTP 408"},
    may={LEFT, HUNG_UP},
)
