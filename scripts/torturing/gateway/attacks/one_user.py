"""A thousand connections of one user, from many addresses."""

from attack import Attack
from peer import LEFT, Behaviour, Peer, command

ADDRESSES = 20


def stay(peer: Peer) -> Behaviour:
    """Log in as the same as the others."""
    yield from peer.upgrade(ADDRESSES)
    peer.send(command(1, connect={"token": peer.target.tokens[0]}))
    yield from peer.wait()


ATTACK = Attack(places=[(1000, stay)], must={"close 3504", LEFT}, may={"HTTP 503"})
