"""Text that is not UTF-8, whole and in pieces, and text that is not JSON."""

from attack import Attack
from peer import Behaviour, Peer
from swarm import frame

MESSAGES = (
    frame(b"\xff\xfe"),
    frame(b'{"id":1,"connect":{"token":"\xc3\x28"}}'),
    frame(b"\xed\xa0\x80"),
    b"\x01\x82\0\0\0\0\xf0\x9f\x80\x82\0\0\0\0\x98("[:16],
    frame(b"\0" * 1000),
    frame(b'{"id":1,"connect":'),
    frame(b"\xef\xbb\xbf{}"),
)


def say(peer: Peer) -> Behaviour:
    """Say one of these."""
    yield from peer.upgrade()
    peer.send(MESSAGES[peer.number % len(MESSAGES)])
    yield from peer.wait()


ATTACK = Attack(places=[(50, say)], must={"close 1007", "close 3501"}, may={"close 3502"})
