"""Protobuf whose lengths lie, and messages of as many parts as fit."""

from attack import Attack
from peer import HUNG_UP, Behaviour, Peer
from swarm import frame

PROTOBUF = b"Sec-WebSocket-Protocol: centrifuge-protobuf\r\n"
SIZE = 60_000
AT_ONCE = 20


def binary(payload: bytes) -> bytes:
    """A binary frame."""
    made = frame(payload)
    return b"\x82" + made[1:]


def field(number: int, body: bytes) -> bytes:
    """A field that holds bytes."""
    return varint(number << 3 | 2) + varint(len(body)) + body


def varint(number: int) -> bytes:
    """A number."""
    made = b""
    while number > 127:
        made, number = made + bytes((number & 127 | 128,)), number >> 7
    return made + bytes((number,))


def sized(body: bytes) -> bytes:
    """A message of a frame."""
    return varint(len(body)) + body


LIES = (
    binary(varint((1 << 64) - 1) + b"x" * SIZE),
    binary(b"\xff" * SIZE),
    binary(sized(b"\x22" + varint(1 << 62) + b"x" * SIZE)),
    binary(sized(field(4, b"\x0a\xff\xff\xff\xff\x0f" + b"x" * SIZE))),
)
# Ten thousands of empty messages; of fields that nobody knows; of positions of one channel.
EMPTY = binary(b"\0" * SIZE)
UNKNOWN = binary(sized(b"\x08\x02\x6a\0" + b"\x78\x01" * (SIZE // 2)))
POSITIONS = binary(sized(b"\x08\x02" + field(4, field(3, field(1, b"~")) * (SIZE // 10))))


def lie(peer: Peer) -> Behaviour:
    """Say one of these."""
    yield from peer.upgrade(headers=PROTOBUF)
    peer.send(LIES[peer.number % len(LIES)])
    yield from peer.wait()


def flood(peer: Peer) -> Behaviour:
    """Log in, and say the larger ones all the time."""
    yield from peer.upgrade(headers=PROTOBUF)
    peer.send(binary(sized(b"\x08\x01" + field(4, field(1, peer.token.encode())))))
    yield from peer.wait(lambda: bool(peer.heard))
    message = (EMPTY, UNKNOWN, POSITIONS)[peer.number % 3]
    while True:
        peer.send(message * AT_ONCE)
        yield from peer.sent()


ATTACK = Attack(
    places=[(20, lie), (12, flood)],
    must={"close 3501"},
    may={HUNG_UP, "close 3013"},
)
