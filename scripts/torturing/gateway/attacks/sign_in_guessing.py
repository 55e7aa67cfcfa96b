"""Passwords at random: many for one login from many addresses, and many logins from one address."""

import json

from attack import Attack
from peer import LEFT, Behaviour, Peer

ADDRESSES = 1000


def sign_in(peer: Peer, login: str, addresses: int) -> Behaviour:
    """Try one password."""
    peer.connect(addresses)
    body = json.dumps({"login": login, "password": f"secret {peer.number}"}).encode()
    head = f"POST /auth/sign_in HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n"
    peer.send(head.encode() + body)
    yield from peer.wait()


ATTACK = Attack(
    places=[
        (20, lambda peer: sign_in(peer, "owner", ADDRESSES)),
        (20, lambda peer: sign_in(peer, f"somebody {peer.number}", 1)),
        (20, lambda peer: sign_in(peer, f"somebody {peer.number}", ADDRESSES)),
    ],
    must={"HTTP 400", "HTTP 429"},
    may={"HTTP 503", LEFT},
    growth_mib=200,
)
