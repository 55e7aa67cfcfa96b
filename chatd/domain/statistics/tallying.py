"""What has been counted since some place of the log, on top of what is stored."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from msgspec.structs import replace
from pyroaring import BitMap

from chatd.domain.statistics.days import day_of
from chatd.domain.statistics.openings import Openings
from chatd.domain.statistics.sets import Of, packed, unpacked
from chatd.model import ChannelSegment, CountedChannel, Day, Generation, MessageSegment
from chatd.store import tables
from chatd.store.table import Table
from chatd.store.transaction import Transaction

# Kinds of a day that are counted apart. What comes after so many has its custom types counted as OTHER.
MAX_SEGMENTS: Final = 100
OTHER: Final = "(other)"
# How many days it is known how many messages each user and each channel had, and in how many rows that is.
TALLY_DAYS: Final = 31
SHARDS: Final = 512

Row = tuple[Table[Any], tuple[int, ...], Any]


class Counted(NamedTuple):
    """Rows to put, None to delete, when the generation is still what it was `before`."""

    number: int
    before: Generation
    after: Generation
    rows: list[Row]


class Tallying:
    """The counts of a generation, changed in memory. `rows` says what is to be written of them."""

    def __init__(self, txn: Transaction, number: int) -> None:
        self._txn = txn
        self.number = number
        self.before = txn.require(tables.GENERATIONS, number)
        self.cursor = self.before.cursor
        self._oldest_tally = day_of(txn.now) - TALLY_DAYS + 1
        self._users: dict[int, int] = {}
        self._new_users = self.before.users
        self._new_channels = self.before.channels
        self._channels: dict[int, CountedChannel | None] = {}
        self._changed: set[int] = set()
        self._sets: dict[tuple[int, int, int], BitMap] = {}
        self._days: dict[int, DayTally] = {}
        self._tallies: dict[tuple[int, int, int], dict[int, int]] = {}
        self.openings = Openings(txn)

    def day(self, number: int) -> DayTally:
        """What a day has."""
        found = self._days.get(number)
        if found is None:
            found = self._days[number] = DayTally(self._txn.get(tables.DAYS, self.number, number) or Day())
        return found

    def place(self, user: int) -> int:
        """The place of a user that was met."""
        found = self._users.get(user)
        if found is None:
            found = self._users[user] = self._txn.require(tables.COUNTED_USERS, user)
        return found

    def add_user(self, user: int) -> int:
        """Meet a user; their place."""
        self._users[user] = self._new_users
        self._new_users += 1
        return self._new_users - 1

    def is_bot(self, user: int) -> bool:
        """Whether a user that was met is a bot."""
        return self.place(user) in self.members(Of.BOTS)

    def channel(self, channel: int) -> CountedChannel:
        """What is known of a channel that was met."""
        if channel not in self._channels:
            self._channels[channel] = self._txn.require(tables.COUNTED_CHANNELS, self.number, channel)
        found = self._channels[channel]
        if found is None:
            raise LookupError(f"channel {channel} was deleted")
        return found

    def set_channel(self, channel: int, channel_type: str, custom_type: str) -> CountedChannel:
        """Meet a channel, or know it anew."""
        held = self._channels.get(channel) or self._txn.get(tables.COUNTED_CHANNELS, self.number, channel)
        if held is None:
            held = CountedChannel(self._new_channels, "", "")
            self._new_channels += 1
        found = self._channels[channel] = CountedChannel(held.place, channel_type, custom_type)
        self._changed.add(channel)
        return found

    def drop_channel(self, channel: int) -> None:
        """Forget a channel: nothing happens in it any more."""
        self._channels[channel] = None
        self._changed.add(channel)

    def members(self, of: Of, day: int = 0, index: int = 0) -> BitMap:
        """A set, to be changed."""
        key = (int(of), day, index)
        found = self._sets.get(key)
        if found is None:
            found = self._sets[key] = unpacked(self._txn.get(tables.DAY_SETS, self.number, *key))
        return found

    def count(self, of: Of, day: int, number: int) -> None:
        """One more message of a user, or in a channel, on a day that is not too long ago."""
        if day < self._oldest_tally:
            return
        key = (int(of), day, number % SHARDS)
        found = self._tallies.get(key)
        if found is None:
            found = self._tallies[key] = (self._txn.get(tables.TALLIES, self.number, *key) or {}).copy()
        found[number] = found.get(number, 0) + 1

    def counted(self) -> Counted:
        """What is to be written."""
        number = self.number
        rows: list[Row] = [
            (tables.COUNTED_USERS, (user,), place) for user, place in self._users.items() if place >= self.before.users
        ]
        rows += [(tables.COUNTED_CHANNELS, (number, channel), self._channels[channel]) for channel in self._changed]
        rows += [(tables.DAY_SETS, (number, *key), packed(found)) for key, found in self._sets.items()]
        rows += [(tables.DAYS, (number, day), found.record()) for day, found in self._days.items()]
        rows += self.openings.rows()
        rows += [(tables.TALLIES, (number, *key), found) for key, found in self._tallies.items()]
        after = replace(self.before, cursor=self.cursor, users=self._new_users, channels=self._new_channels)
        return Counted(number, self.before, after, [*rows, (tables.GENERATIONS, (number,), after)])


class DayTally:
    """What the log says of a day, beside sets, to be changed."""

    def __init__(self, day: Day) -> None:
        self._messages = {_kind(each): each.messages for each in day.messages}
        self._channels = {(each.channel_type, each.custom_channel_type): each.created for each in day.channels}
        self._index_of_messages = {kind: index for index, kind in enumerate(self._messages)}
        self._index_of_channels = {kind: index for index, kind in enumerate(self._channels)}
        self.deactivated = day.deactivated
        self.deleted = day.deleted
        self.announced_channels = day.announced_channels
        self.announced_users = day.announced_users

    def add_message(self, channel: CountedChannel, message_type: str, custom_type: str) -> int:
        """One more message; the index of its kind."""
        kind = (channel.channel_type, channel.custom_type, message_type, custom_type)
        if kind not in self._messages and len(self._messages) >= MAX_SEGMENTS:
            kind = (channel.channel_type, OTHER, message_type, OTHER)
        self._messages[kind] = self._messages.get(kind, 0) + 1
        return self._index_of_messages.setdefault(kind, len(self._index_of_messages))

    def add_channel(self, channel: CountedChannel, created: int = 0) -> int:
        """So many more channels that were made; the index of their kind."""
        kind = (channel.channel_type, channel.custom_type)
        if kind not in self._channels and len(self._channels) >= MAX_SEGMENTS:
            kind = (channel.channel_type, OTHER)
        self._channels[kind] = self._channels.get(kind, 0) + created
        return self._index_of_channels.setdefault(kind, len(self._index_of_channels))

    def record(self) -> Day:
        """The same as it is stored."""
        return Day(
            tuple(MessageSegment(*kind, messages) for kind, messages in self._messages.items()),
            tuple(ChannelSegment(*kind, created) for kind, created in self._channels.items()),
            self.deactivated,
            self.deleted,
            self.announced_channels,
            self.announced_users,
        )


def _kind(segment: MessageSegment) -> tuple[str, str, str, str]:
    return segment.channel_type, segment.custom_channel_type, segment.message_type, segment.custom_message_type
