"""Addresses that are made up, to have more connections than one may: in `X-Forwarded-For`, and in PROXY headers."""

from attack import Attack
from peer import LEFT, Behaviour, Peer
from swarm import UPGRADE


def forwarded(peer: Peer) -> Behaviour:
    """Say that it is for somebody else, and log in."""
    peer.connect()
    invented = f"X-Forwarded-For: 10.{peer.number >> 16}.{peer.number >> 8 & 255}.{peer.number & 255}\r\n"
    peer.send(UPGRADE[:-2] + invented.encode() + b"\r\n")
    yield from peer.wait(lambda: peer.status == 101)
    yield from peer.wait()


def proxy(peer: Peer) -> Behaviour:
    """Say so in the words of a proxy that is none."""
    peer.connect()
    peer.send(f"PROXY TCP4 10.0.0.{peer.number % 256} 10.0.0.1 1000 80\r\n".encode() + UPGRADE)
    yield from peer.wait()


ATTACK = Attack(
    places=[(600, forwarded), (20, proxy)],
    must={"HTTP 429", "HTTP 400"},
    may={LEFT, "close 3502", "HTTP 503"},
    config={"server": {"proxies": ["127.0.0.250"], "proxy_protocol": True}},
)
