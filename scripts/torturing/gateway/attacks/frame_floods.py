"""As many small frames as the line takes: answers to pings that nobody sent, of the protocol and of WebSocket."""

from attack import Attack
from peer import HUNG_UP, Behaviour, Peer
from swarm import frame

AT_ONCE = 10_000
PONGS = b"\x8a\x80\0\0\0\0" * AT_ONCE
ANSWERS = frame(b"{}") * AT_ONCE


def flood(peer: Peer, frames: bytes) -> Behaviour:
    """Log in, and send the same all the time."""
    yield from peer.log_in()
    while True:
        peer.send(frames)
        yield from peer.sent()


ATTACK = Attack(
    places=[(20, lambda peer: flood(peer, ANSWERS)), (20, lambda peer: flood(peer, PONGS))],
    must={"close 3013"},
    may={HUNG_UP},
)
