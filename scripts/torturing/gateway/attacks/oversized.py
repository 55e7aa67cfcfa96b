"""Frames that claim more than a message may have, up to eight exbibytes, and send what they can of it."""

from attack import Attack
from peer import HUNG_UP, Behaviour, Peer

SIZES = (65_537, 1 << 20, 1 << 32, (1 << 63) - 1)
PIECE = b"x" * 65_536


def claim(peer: Peer) -> Behaviour:
    """Begin a frame that is too large."""
    yield from peer.upgrade()
    size = SIZES[peer.number % len(SIZES)]
    peer.send(b"\x81\xff" + size.to_bytes(8, "big") + b"\0\0\0\0")
    while True:
        peer.send(PIECE)
        yield from peer.sent()


ATTACK = Attack(places=[(100, claim)], must={"close 1009"}, may={HUNG_UP, "HTTP 429", "HTTP 503"})
