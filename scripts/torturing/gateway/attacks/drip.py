"""Clients that send one byte per second: of a request head, of a body, of a frame before and after the login."""

from attack import Attack
from peer import LEFT, Behaviour, Peer

BODY_BYTES = 5000


def drip(peer: Peer) -> Behaviour:
    """A byte per second."""
    while True:
        peer.send(b"x")
        yield from peer.pause(1.0)


def head(peer: Peer) -> Behaviour:
    """A request that does not get to its end."""
    peer.connect()
    peer.send(b"GET /connection/websocket HTTP/1.1\r\nHost: x\r\nX-Long: ")
    yield from drip(peer)


def body(peer: Peer) -> Behaviour:
    """A call whose parameters take an hour."""
    peer.connect()
    lines = f"Authorization: Bearer {peer.token}\r\nContent-Length: {BODY_BYTES}\r\n\r\n"
    peer.send(f"POST /client/v1/rpc/users.me HTTP/1.1\r\nHost: x\r\n{lines}".encode())
    yield from drip(peer)


def login(peer: Peer) -> Behaviour:
    """A first frame that does not get to its end."""
    yield from peer.upgrade()
    peer.send(b"\x81\xfe\xff\xff\0\0\0\0")
    yield from drip(peer)


def frame(peer: Peer) -> Behaviour:
    """The same after the login, when there is time for it as long as the client is there."""
    yield from peer.log_in()
    peer.send(b"\x81\xfe\xff\xff\0\0\0\0")
    yield from drip(peer)


ATTACK = Attack(
    places=[(60, head), (60, body), (60, login), (60, frame)],
    must={"HTTP 408", "close 3502", LEFT},
    may={"close 1007"},
)
