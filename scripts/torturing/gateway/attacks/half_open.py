"""Peers that vanish: their connections stay, and nothing is read or answered any more."""

from attack import Attack
from peer import LEFT, Behaviour, Peer


def vanish(peer: Peer) -> Behaviour:
    """Log in and subscribe, then be as good as gone."""
    peer.silent = True
    yield from peer.log_in(subscribe=True)
    peer.reads = False
    yield from peer.wait()


ATTACK = Attack(
    places=[(250, vanish)],
    must={"close 3012"},
    may={LEFT},
    counted={3012},
    config={"gateway": {"ping_seconds": 1, "pong_seconds": 1}},
)
