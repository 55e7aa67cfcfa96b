"""A parked connection: what is kept for each socket, and nothing else."""

from __future__ import annotations

import enum

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


class Connection:
    """One client.

    `owed` is what it is to be sent: nothing, one frame, or several; frames are shared between receivers. `unsent` is
    the rest of a send that the kernel did not take whole. `decoder` is its own only inside a message. `tick` is when
    the wheel looks at it next, `awaits_ping` whether it is pinged then, `pinged` whether an answer is due. `writes`
    counts its commands that wait for a commit, `paused` holds the reasons not to read from it.
    """

    __slots__ = (
        "actor",
        "awaits_ping",
        "codec",
        "decoder",
        "expires_at",
        "fd",
        "owed",
        "paused",
        "pinged",
        "serial",
        "state",
        "subscribed",
        "tick",
        "unsent",
        "writes",
    )

    def __init__(self, fd: int, serial: int, codec: Codec) -> None:
        self.fd = fd
        self.serial = serial
        self.codec = codec
        self.state = State.NEW
        self.actor: Actor | None = None
        self.expires_at = 0
        self.subscribed = False
        self.decoder: FrameDecoder | Deaf | None = None
        self.owed: bytes | list[bytes] | None = None
        self.unsent: bytearray | None = None
        self.paused = 0
        self.pinged = False
        self.awaits_ping = True
        self.tick = 0
        self.writes = 0
