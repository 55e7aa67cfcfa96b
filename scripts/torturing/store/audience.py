"""Who is told of which event, worked out from the log alone: what `chatd.domain.stream` is compared with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from chatd import events
from chatd.events import Event

LARGE = 100  # members; read marks go to the reader's own devices above


class Audience:
    """The members of each channel, along a log."""

    def __init__(self) -> None:
        self.members: defaultdict[int, set[int]] = defaultdict(set)

    def walk(self, log: Iterable[tuple[int, Event]]) -> Iterator[tuple[int, set[int]]]:
        """Each sequence number with the users who are told."""
        for sequence, event in log:
            yield sequence, self._told(sequence, event)
            self._end(event)

    def heard(self, channel: int, joined: Iterable[int], user: int) -> set[int]:
        """Who hears a publication that says so of itself, before its event has its effect."""
        return self.members[channel] | set(joined) if channel else {user}

    def _told(self, sequence: int, event: Event) -> set[int]:
        match event:
            case events.UserCreated():
                return {sequence}
            case events.UserUpdated(user):
                return {user.number}
            case events.UserDeleted(user):
                return {user}
            case events.ChannelCreated(_, members):
                self.members[sequence] = set(members)
                return set(members)
            case events.MemberJoined(channel, users):
                self.members[channel] |= set(users)
            case events.ChannelRead(channel, user):
                if len(self.members[channel]) > LARGE:
                    return {user}
            case events.SessionsRevoked() | events.BookmarksRemoved() | events.TracesRemoved():
                return set()
        return set(self.members[channel_of(event)])

    def _end(self, event: Event) -> None:
        match event:
            case events.MemberLeft(channel, users):
                self.members[channel] -= set(users)
            case events.ChannelDeleted(channel):
                del self.members[channel]


def channel_of(event: Event) -> int:
    """The channel that an event is about."""
    if isinstance(event, events.MessageSent | events.MessageUpdated):
        return event.message.channel
    channel = event.channel  # type: ignore[union-attr]
    return channel if isinstance(channel, int) else channel.number
