"""An open channel as the gateway knows it: who is in it, and what they are still to be told."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Final, NamedTuple

from chatd.domain.channels.open_access import stream_of
from chatd.gateway.connection import Connection
from chatd.gateway.pace import Pace
from chatd.gateway.participants import Participants
from chatd.model import Channel
from chatd.wire.codecs import Codec
from chatd.wire.codes import Unsubscribe

# Of what is in no stream: later than every event, so that it is for all.
FOR_ALL: Final = 1 << 63


class Told(NamedTuple):
    """A frame for those who entered before the event `sequence`; `encode` makes it once for each codec.

    With `ends` it is the last one: it ends their subscriptions.
    """

    sequence: int
    encode: Callable[[Codec], bytes]
    ends: bool = False


class OpenChannel:
    """Connections with the position at which each entered: what is later they are told, what is not they have read.

    A large audience is told in parts. What comes meanwhile waits until all have heard what came before, and is then
    told together, so the order is the same for everybody. Who enters meanwhile has a later position, also somebody
    who has just left: so nobody misses anything and nobody hears it twice.
    """

    __slots__ = (
        "_frames",
        "_place",
        "_receivers",
        "channel_url",
        "counted_at",
        "is_over",
        "key",
        "name",
        "pace",
        "participants",
        "seats",
        "waiting",
    )

    def __init__(self, application: int, channel: Channel, rate: int) -> None:
        self.key = (application, channel.number)
        self.channel_url = channel.channel_url
        self.name = stream_of(channel.channel_url)
        self.seats: dict[Connection, int] = {}
        self.participants = Participants()
        self.pace = Pace(rate)
        # When the number of a large audience was told last.
        self.counted_at = float("-inf")
        self.waiting: list[Told] = []
        # Its end is the last that is told.
        self.is_over = False
        self._frames: list[Told] = []
        self._receivers: list[Connection] = []
        self._place = 0

    def enter(self, connection: Connection, user: int, position: int) -> None:
        """A connection of a user begins to hear what comes after `position`."""
        self.seats[connection] = position
        self.participants.add(user)

    def exit(self, connection: Connection, user: int) -> None:
        """A connection hears nothing more."""
        del self.seats[connection]
        self.participants.remove(user)

    def publication(self, data: dict[str, Any], sequence: int) -> Told:
        """A publication for those who are here; `sequence` is 0 for one of no place in the stream."""
        return Told(sequence or FOR_ALL, cache(lambda codec: codec.publication(self.name, data, sequence)))

    def end(self, why: Unsubscribe) -> Told:
        """The end of all subscriptions."""
        return Told(FOR_ALL, cache(lambda codec: codec.push(self.name, why)), True)

    @property
    def is_telling(self) -> bool:
        """Whether some have not heard yet what others have."""
        return self._place < len(self._receivers)

    def part(self, limit: int) -> list[tuple[Told, list[Connection]]]:
        """What is told next, each with up to `limit` receivers."""
        if not self.is_telling:
            self._frames, self.waiting = self.waiting, []
            self._receivers, self._place = list(self.seats), 0
        part, frames, seats = self._receivers[self._place : self._place + limit], self._frames, self.seats
        self._place += limit
        if not self.is_telling:
            # No need to hold on to who has gone.
            self._receivers, self._frames, self._place = [], [], 0
        return [(told, [each for each in part if seats.get(each, FOR_ALL) < told.sequence]) for told in frames]
