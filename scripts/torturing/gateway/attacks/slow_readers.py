"""Clients that subscribe and never read, in a room where much is said."""

from attack import Attack
from peer import HUNG_UP, LEFT, Behaviour, Peer, command
from target import ROOM

WINDOW_BYTES = 4096
STAY_SECONDS = 5.0
SENDS_PER_SECOND = 60


def never_read(peer: Peer) -> Behaviour:
    """Subscribe, then only wait; and come back."""
    yield from peer.log_in(window=WINDOW_BYTES, subscribe=True)
    peer.reads = False
    yield from peer.pause(STAY_SECONDS)


def talk(peer: Peer) -> Behaviour:
    """Say long things all the time."""
    yield from peer.log_in()
    for number in range(2, 1 << 31):
        params = {"channel_url": ROOM, "message": "x" * 5000}
        peer.send(command(number, rpc={"method": "messages.send", "data": params}))
        yield from peer.pause(1 / SENDS_PER_SECOND)


ATTACK = Attack(
    places=[(200, never_read), (1, talk)],
    must={LEFT},
    may={"close 3008", HUNG_UP},
    counted={3008},
)
