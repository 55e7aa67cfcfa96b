"""Frames without a mask, with a mask that does not fit, with bits and opcodes that mean nothing."""

from attack import Attack
from peer import Behaviour, Peer

FRAMES = (
    b"\x81\x02{}",
    b"\x81\x82\x12\x34\x56\x78\xf0\x0f",
    b"\xf1\x82\0\0\0\0{}",
    b"\x83\x82\0\0\0\0{}",
    b"\x09\x80\0\0\0\0",
    b"\x89\xfe\0\x7e\0\0\0\0",
    b"\x80\x80\0\0\0\0",
    b"\x81\xfe\0\x02\0\0\0\0{}",
    b"\x88\x82\0\0\0\0\x03\xee",
    b"\x88\x81\0\0\0\0\x03",
)


def say(peer: Peer) -> Behaviour:
    """Send one of these."""
    yield from peer.upgrade()
    peer.send(FRAMES[peer.number % len(FRAMES)])
    yield from peer.wait()


ATTACK = Attack(places=[(50, say)], must={"close 1002", "close 1007"}, may={"close 3501", "close 3502"})
