"""JSON that is nested as deep as fits: as a command, as data of one, as a body."""

from attack import Attack
from peer import HUNG_UP, LEFT, Behaviour, Peer
from swarm import frame

DEEP = 30_000
OPEN = b"[" * DEEP
WHOLE = OPEN + b"]" * DEEP


def command(peer: Peer) -> Behaviour:
    """What is no command."""
    yield from peer.upgrade()
    peer.send(frame((OPEN, WHOLE, b'{"a":' * 10_000, b'{"id":1,"connect":{"data":' + WHOLE + b"}}")[peer.number % 4]))
    yield from peer.wait()


def data(peer: Peer) -> Behaviour:
    """A call with such data."""
    yield from peer.log_in()
    peer.send(frame(b'{"id":2,"rpc":{"method":"users.me","data":' + (OPEN, WHOLE)[peer.number % 2] + b"}}"))
    yield from peer.wait()


def body(peer: Peer) -> Behaviour:
    """A request with such a body."""
    peer.connect()
    head = f"Authorization: Bearer {peer.token}\r\nContent-Length: {len(WHOLE)}\r\n\r\n"
    peer.send(f"POST /client/v1/rpc/users.me HTTP/1.1\r\nHost: x\r\n{head}".encode() + WHOLE)
    yield from peer.wait()


ATTACK = Attack(
    places=[(20, command), (20, data), (20, body)],
    must={"close 3501", "HTTP 400"},
    may={HUNG_UP, LEFT, "close 3502"},
)
