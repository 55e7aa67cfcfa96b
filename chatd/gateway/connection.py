"""A parked connection: what is kept for each socket, and nothing else."""

from __future__ import annotations

import contextlib
import enum
import os
import secrets
import ssl

import msgspec

from chatd.gateway.sockets import end_sending
from chatd.model import Actor
from chatd.wire.codecs import Codec
from chatd.wire.frames import Frame, FrameDecoder


class State(enum.IntEnum):
    """Where a connection is in its life."""

    NEW = 0  # the handshake is done, the login is not
    REFUSED = 1  # the login failed; what follows it is dropped
    OPEN = 2
    CLOSING = 3  # our close frame is on its way; only its echo counts
    CLOSED = 4


class Subscribed(enum.IntEnum):
    """Whether a connection has the stream, and who asked for that."""

    NO = 0
    BY_CLIENT = 1
    BY_SERVER = 2


# Reasons not to read from a connection: too many of its commands wait for a commit, or for their turn.
WRITES = 1
TURN = 2


class Deaf:
    """Stands in for the decoder of a peer whose framing is broken: what it sends until it is gone means nothing."""

    idle = False

    def feed(self, data: bytes) -> list[Frame]:
        """Nothing."""
        return []


DEAF = Deaf()

# What tells the connections of this process from those of others.
BOOT = secrets.token_hex(4)

# So much is read at a time: more of what one client sends would keep the others waiting.
READ_BYTES = 4096
# The most that a TLS record holds (RFC 8446, section 5.1). Reads of no less leave nothing behind in OpenSSL, which
# epoll would not tell of.
RECORD_BYTES = 16_384


class Connection(msgspec.Struct, gc=False, eq=False):
    """One client. Not an object of the garbage collector's, which would stall the loop with thousands of them.

    `owed` is what it is to be sent: nothing, one frame, or several; frames are shared between receivers. `unsent` is
    the rest of a send that the kernel did not take whole. `decoder` is its own only inside a message. `tick` is when
    the wheel looks at it next, `awaits_ping` whether it is pinged then, `pinged` whether an answer is due. `writes`
    counts its commands that wait for a commit, `paused` holds the reasons not to read from it. `address` is the
    client's, empty when it is not known; `tls` is None for a plain socket. The client has logged in at
    `since` with the session that ends at `expires_at` (Unix milliseconds); `software` is what it says it is.
    """

    fd: int
    serial: int
    codec: Codec
    address: str = ""
    tls: ssl.SSLSocket | None = None
    state: State = State.NEW
    actor: Actor | None = None
    expires_at: int = 0
    since: int = 0
    software: str = ""
    subscribed: Subscribed = Subscribed.NO
    decoder: FrameDecoder | Deaf | None = None
    owed: bytes | list[bytes] | None = None
    unsent: bytearray | None = None
    paused: int = 0
    pinged: bool = False
    awaits_ping: bool = True
    tick: int = 0
    writes: int = 0

    @property
    def client_id(self) -> str:
        """What this client is called outside; never the same again, also after a restart."""
        return f"{BOOT}-{self.serial:x}"

    def read(self) -> bytes:
        """A piece of what has arrived; empty at the end. Raises OSError: BlockingIOError for nothing."""
        if self.tls is None:
            return os.read(self.fd, READ_BYTES)
        try:
            return self.tls.recv(RECORD_BYTES)
        except ssl.SSLWantReadError:
            raise BlockingIOError from None

    def write(self, data: bytes | memoryview) -> int:
        """How many bytes the kernel took. Raises OSError, BlockingIOError for none now."""
        return os.write(self.fd, data) if self.tls is None else _write_records(self.tls, memoryview(data))

    def end_sending(self) -> None:
        """Say that nothing more comes; the peer reads what is on its way to it. Raises OSError."""
        self._end_tls()
        end_sending(self.fd)

    def close(self) -> None:
        """Close the socket."""
        self._end_tls()
        if self.tls is None:
            os.close(self.fd)
        else:
            self.tls.close()

    def _end_tls(self) -> None:
        """Tell the peer, as far as it listens (RFC 8446, section 6.1). ValueError: both have been told."""
        if self.tls is not None:
            with contextlib.suppress(OSError, ValueError):
                self.tls.unwrap()


def _write_records(tls: ssl.SSLSocket, data: memoryview) -> int:
    """OpenSSL keeps a record that it could not send: the next call must bring the same bytes again, or more."""
    sent = 0
    while sent < len(data):
        try:
            sent += tls.send(data[sent : sent + RECORD_BYTES])
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            if sent:
                return sent
            raise BlockingIOError from None
    return sent
