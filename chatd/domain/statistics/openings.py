"""Who has opened announcements: receivers who have read their channel up to the message.

These rows belong to no generation: who was a member when is state, and it goes with channels. A count that is made anew
adds only what is missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from chatd import events
from chatd.domain.fold.stored import placed
from chatd.model import Announced, Message
from chatd.store import tables
from chatd.store.table import Table
from chatd.store.transaction import Transaction

HOUR_MS: Final = 60 * 60 * 1000

Row = tuple[Table[Any], tuple[int, ...], Any]


class Openings:
    """What is new of announcements: where they were sent, and who has opened them."""

    def __init__(self, txn: Transaction) -> None:
        self._txn = txn
        self.announced: dict[tuple[int, int], Announced] = {}
        self.places: dict[int, dict[int, int] | None] = {}
        self.opened: dict[tuple[int, int, int], int] = {}
        self.hours: dict[int, dict[int, int]] = {}

    def sent(self, event: events.AnnouncementProgressed, sequence: int) -> None:
        """An announcement was sent into some more channels: the last messages before this event."""
        for message, time in _messages_before(self._txn, sequence, event.channels):
            self.announced[event.announcement, message.channel] = Announced(message.message_id, message.ordinal, time)
            places = self.places.setdefault(message.channel, {})
            if places is not None:
                places[message.message_id] = event.announcement

    def read(self, event: events.ChannelRead, time: int) -> None:
        """A member has read a channel. Who has opened one announcement has opened all before it in that channel."""
        for message, announcement in self._in(event.channel):
            announced = self._announced(announcement, event.channel)
            if announced.ordinal > event.ordinal or not self._is_receiver(announcement, event, message):
                continue
            key = (announcement, event.channel, event.user)
            if key in self.opened or self._txn.get(tables.OPENED, *key) is not None:
                return
            self.opened[key] = time
            self._hours_of(announcement, time // HOUR_MS)

    def forget(self, channel: int) -> None:
        """A channel was deleted: nobody will read it."""
        self.places[channel] = None

    def rows(self) -> list[Row]:
        """What is to be written."""
        rows: list[Row] = [(tables.ANNOUNCED, key, value) for key, value in self.announced.items()]
        rows += [(tables.OPENED, key, time) for key, time in self.opened.items()]
        rows += [(tables.OPEN_HOURS, (announcement,), hours) for announcement, hours in self.hours.items()]
        for channel, places in self.places.items():
            if places is None:
                stored = self._txn.scan(tables.ANNOUNCED_IN, channel)
                rows += [(tables.ANNOUNCED_IN, key, None) for key, _ in stored]
            else:
                rows += [(tables.ANNOUNCED_IN, (channel, message), each) for message, each in places.items()]
        return rows

    def _in(self, channel: int) -> Iterator[tuple[int, int]]:
        """The messages of announcements in a channel, the newest first, each with its announcement."""
        new = self.places.get(channel, {})
        if new is None:
            return
        yield from sorted(new.items(), reverse=True)
        for (_, message), announcement in self._txn.scan(tables.ANNOUNCED_IN, channel, reverse=True):
            if message not in new:
                yield message, announcement

    def _announced(self, announcement: int, channel: int) -> Announced:
        return self.announced.get((announcement, channel)) or self._txn.require(tables.ANNOUNCED, announcement, channel)

    def _is_receiver(self, announcement: int, event: events.ChannelRead, message: int) -> bool:
        sender = self._txn.require(tables.ANNOUNCEMENTS, announcement).sender
        return event.user != sender and was_member(self._txn, event.channel, event.user, message)

    def _hours_of(self, announcement: int, hour: int) -> None:
        hours = self.hours.get(announcement)
        if hours is None:
            hours = self.hours[announcement] = (self._txn.get(tables.OPEN_HOURS, announcement) or {}).copy()
        hours[hour] = hours.get(hour, 0) + 1


def was_member(txn: Transaction, channel: int, user: int, sequence: int) -> bool:
    """Whether a user belonged to a channel at an event of the log."""
    member = txn.get(tables.MEMBERS, channel, user)
    if member is not None and member.since <= sequence:
        return True
    tenures = txn.scan(tables.TENURES, user, start=(sequence,))
    return any(place == channel and joined <= sequence for (_, _, place), joined in tenures)


def _messages_before(txn: Transaction, sequence: int, count: int) -> Iterator[tuple[Message, int]]:
    """The last messages before an event, as many as `count`, each with its number and its time."""
    left = count
    for (number,), entry in txn.scan(tables.LOG, start=(sequence - 1,), reverse=True):
        if not left:
            return
        if isinstance(entry.event, events.MessageSent):
            left -= 1
            yield placed(entry.event.message, number, entry.time), entry.time
