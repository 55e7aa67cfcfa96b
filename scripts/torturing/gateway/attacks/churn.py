"""Subscribing and unsubscribing without pause, each time with all that can be recovered."""

from attack import Attack
from peer import HUNG_UP, LEFT, Behaviour, Peer, command
from swarm import rpc
from target import ROOM

MESSAGES = 2000
PER_SECOND = 90


def fill(peer: Peer) -> Behaviour:
    """Say what the others recover."""
    yield from peer.log_in()
    for number in range(2, MESSAGES):
        peer.send(rpc(number, "messages.send", {"channel_url": ROOM, "message": "x" * 100}))
        yield from peer.pause(1 / PER_SECOND)
    yield from peer.wait()


def churn(peer: Peer, pause: float) -> Behaviour:
    """Recover everything, forget it, and again."""
    yield from peer.log_in()
    for number in range(2, 1 << 31, 2):
        peer.send(command(number, subscribe={"channel": "~", "recover": True, "offset": 70}))
        peer.send(command(number + 1, unsubscribe={"channel": "~"}))
        yield from peer.pause(pause)
        yield from peer.sent()


ATTACK = Attack(
    places=[(1, fill), (10, lambda peer: churn(peer, 1 / 45)), (10, lambda peer: churn(peer, 0.001))],
    must={"error 111"},
    may={HUNG_UP, LEFT, "close 3008", "close 3013"},
)
