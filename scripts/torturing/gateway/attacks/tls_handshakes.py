"""TLS handshakes: begun and left alone, garbage, and complete ones that say nothing more."""

import ssl

from attack import Attack
from peer import HUNG_UP, LEFT, Behaviour, Peer
from people import untrusting


def client() -> tuple[ssl.MemoryBIO, ssl.MemoryBIO, ssl.SSLObject]:
    """The client's side of a handshake: what comes, what goes."""
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    return incoming, outgoing, untrusting().wrap_bio(incoming, outgoing)


def shake(peer: Peer) -> Behaviour:
    """A whole handshake, and another, as quickly as it goes."""
    incoming, outgoing, tls = client()
    peer.connect()
    while True:
        try:
            tls.do_handshake()
        except ssl.SSLWantReadError:
            peer.send(outgoing.read())
            yield from peer.wait(lambda: bool(peer.heard))
            incoming.write(peer.heard)
            peer.heard = b""
        else:
            peer.send(outgoing.read())
            return


def half(peer: Peer) -> Behaviour:
    """The first message of a handshake, or a part of it, and nothing more."""
    _, outgoing, tls = client()
    peer.connect()
    try:
        tls.do_handshake()
    except ssl.SSLWantReadError:
        peer.send(outgoing.read()[: 50 if peer.number % 2 else None])
    yield from peer.wait()


def garbage(peer: Peer) -> Behaviour:
    """What is not TLS."""
    peer.connect()
    peer.send(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" if peer.number % 2 else bytes(range(256)) * 16)
    yield from peer.wait()


ATTACK = Attack(
    places=[(20, shake), (200, half), (20, garbage)],
    must={HUNG_UP},
    may={LEFT, "HTTP 400"},
    tls=True,
)
