"""Messages in fragments without end: of one byte each, and of none."""

from attack import Attack
from peer import HUNG_UP, Behaviour, Peer

AT_ONCE = 10_000
BEGIN = b"\x01\x80\0\0\0\0"
EMPTY = b"\0\x80\0\0\0\0" * AT_ONCE
SMALL = b"\0\x81\0\0\0\0x" * AT_ONCE


def flood(peer: Peer, fragments: bytes) -> Behaviour:
    """Begin a message, and do not end it."""
    yield from peer.log_in()
    peer.send(BEGIN)
    while True:
        peer.send(fragments)
        yield from peer.sent()


ATTACK = Attack(
    places=[(20, lambda peer: flood(peer, SMALL)), (20, lambda peer: flood(peer, EMPTY))],
    must={"close 1009"},
    may={HUNG_UP},
)
