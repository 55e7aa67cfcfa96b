"""Session tokens at random, and none."""

import secrets

from attack import Attack
from peer import HUNG_UP, Behaviour, Peer, command


def guess(peer: Peer) -> Behaviour:
    """Log in with what is no token."""
    yield from peer.upgrade()
    peer.send(command(1, connect={"token": secrets.token_urlsafe(peer.number % 64)}))
    yield from peer.wait()


ATTACK = Attack(places=[(50, guess)], must={"close 3500"}, may={HUNG_UP})
