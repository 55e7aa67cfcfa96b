"""What happens between channels and their members."""

from __future__ import annotations

from chatd.events.told import OfChannel
from chatd.model import Record


class MemberJoined(OfChannel, frozen=True, tag=7):
    """Users became members; `inviter` is 0 when they joined by themselves."""

    users: tuple[int, ...]
    inviter: int = 0


class MemberLeft(OfChannel, frozen=True, tag=8):
    """Users ceased to be members; `reason` is one of `chatd.domain.channels.leaving`.

    With `keeps_operators` those who were operators are so again when they come back.
    """

    users: tuple[int, ...]
    reason: str = "left"
    keeps_operators: bool = False


class OperatorsChanged(OfChannel, frozen=True, tag=36):
    """Members became operators, or users are operators no more, whether they are members or have left."""

    added: tuple[int, ...] = ()
    removed: tuple[int, ...] = ()


class ChannelRead(Record, frozen=True, tag=12):
    """A member has read a channel up to and including the message with `ordinal`, sent at `read_at` or before.

    `message` is that message; 0 when all were read that came before this event.
    """

    channel: int
    user: int
    ordinal: int
    read_at: int
    message: int = 0
