"""Figures: what each of them counts in a period, whole or by segment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Final, Literal, NamedTuple, get_args

import msgspec
from pyroaring import BitMap

from chatd.domain.statistics.days import Dimension, check_range, periods
from chatd.domain.statistics.people import MONTH, WEEK, ActiveUsers
from chatd.domain.statistics.platforms import PLATFORMS
from chatd.domain.statistics.sets import Of, live, one_set, sets, unpacked
from chatd.errors import IncompatibleValues
from chatd.model import ChannelSegment, Day, DayCounters, MessageSegment
from chatd.store import tables
from chatd.store.transaction import Transaction

Segment = Literal["channel_type", "custom_channel_type", "message_type", "custom_message_type", "platform"]
Segments = tuple[Segment, ...]
Counter = Literal[
    "peak_connections",
    "api_calls",
    "api_errors",
    "deliveries",
    "webhooks_delivered",
    "webhooks_failed",
    "pushes_delivered",
    "pushes_failed",
]
Metric = Literal[
    "active_users",
    "wau",
    "mau",
    "stickiness",
    "created_users",
    "deactivated_users",
    "deleted_users",
    "messages",
    "messages_per_user",
    "message_senders",
    "message_viewers",
    "active_channels",
    "created_channels",
    "peak_connections",
    "api_calls",
    "api_errors",
    "deliveries",
    "webhooks_delivered",
    "webhooks_failed",
    "pushes_delivered",
    "pushes_failed",
]

Group = tuple[str, ...]
Value = int | float

OF_CHANNELS: Final = frozenset({"channel_type", "custom_channel_type"})
OF_MESSAGES: Final = OF_CHANNELS | {"message_type", "custom_message_type"}
# By which segments a figure can be told apart; the others by none.
SEGMENTS_OF: Final[dict[str, frozenset[str]]] = {
    "active_users": frozenset({"platform"}),
    "messages": OF_MESSAGES,
    "messages_per_user": OF_MESSAGES,
    "message_senders": OF_MESSAGES,
    "message_viewers": OF_CHANNELS,
    "active_channels": OF_CHANNELS,
    "created_channels": OF_CHANNELS,
}
_COUNTERS: Final = frozenset(get_args(Counter))


class Figure(NamedTuple):
    """A value of a period, which is named by the date it begins; `group` is what the segments are in it."""

    date: str
    value: Value
    group: Group


class Figures:
    """What happened from the first to the last day, by day or month. Sets are read once, whatever is asked of them."""

    def __init__(self, txn: Transaction, first: int, last: int, dimension: Dimension) -> None:
        check_range(first, last)
        self._txn = txn
        self._first, self._last = first, last
        self._periods = list(periods(first, last, dimension))
        self._active: ActiveUsers | None = None
        self._days: dict[int, Day] | None = None

    def of(self, metric: Metric, segments: Segments = ()) -> list[Figure]:
        """The values of a figure. Raises IncompatibleValues when it cannot be told apart so."""
        if not SEGMENTS_OF.get(metric, frozenset()).issuperset(segments):
            raise IncompatibleValues(f'"{metric}" cannot be told apart by {", ".join(segments)}.')
        if metric in _COUNTERS:
            return self._counter(metric)
        if metric == "active_users" and segments:
            return self._by_platform()
        if metric in _OF_PEOPLE:
            return [Figure(date, _OF_PEOPLE[metric](self.active, days), ()) for date, days in self._periods]
        return self._counted(metric, segments)

    @property
    def active(self) -> ActiveUsers:
        """Who was active."""
        if self._active is None:
            self._active = ActiveUsers(self._txn, self._first, self._last)
        return self._active

    def _counted(self, metric: str, segments: Segments) -> list[Figure]:
        match metric:
            case "messages":
                return self._sum(segments, lambda day: [(each, each.messages) for each in day.messages])
            case "created_channels":
                return self._sum(segments, lambda day: [(each, each.created) for each in day.channels])
            case "deactivated_users":
                return self._sum((), lambda day: [(None, day.deactivated)])
            case "deleted_users":
                return self._sum((), lambda day: [(None, day.deleted)])
            case "messages_per_user":
                return self._ratio(self.of("messages", segments), self.of("message_senders", segments))
            case "created_users":
                return self._distinct(Of.NEW_USERS, ())
            case "message_senders":
                return self._distinct(Of.SENDERS, segments)
            case "message_viewers":
                return self._distinct(Of.READERS, segments)
            case _:
                return self._distinct(Of.CHANNELS, segments)

    @property
    def _stored(self) -> dict[int, Day]:
        if self._days is None:
            found = self._txn.scan(tables.DAYS, live(self._txn), start=(self._first,))
            self._days = {day: record for (_, day), record in found if day <= self._last}
        return self._days

    def _counter(self, name: str) -> list[Figure]:
        found = {day: getattr(each, name) for (day,), each in self._txn.scan(tables.DAY_COUNTERS, start=(self._first,))}
        total = max if name == "peak_connections" else sum
        return [Figure(date, total([0, *(found.get(day, 0) for day in days)]), ()) for date, days in self._periods]

    def _by_platform(self) -> list[Figure]:
        """Who was connected from each platform; who was from two counts in both."""
        bots = one_set(self._txn, Of.BOTS)
        found: list[Figure] = []
        for date, days in self._periods:
            groups: defaultdict[Group, BitMap] = defaultdict(BitMap)
            for (day, platform), raw in self._txn.scan(tables.PLATFORM_USERS, start=(days.start, 0)):
                if day >= days.stop:
                    break
                groups[(PLATFORMS[platform],)] |= unpacked(raw) - bots
            found += _figures(date, {group: len(users) for group, users in groups.items()}, ("platform",))
        return found

    def _sum(
        self, segments: Segments, parts: Callable[[Day], Iterable[tuple[MessageSegment | ChannelSegment | None, int]]]
    ) -> list[Figure]:
        found: list[Figure] = []
        for date, days in self._periods:
            sums: defaultdict[Group, int] = defaultdict(int)
            for day in days:
                for segment, count in parts(self._stored.get(day) or Day()):
                    sums[_group(segment, segments)] += count
            found += _figures(date, sums, segments)
        return found

    def _distinct(self, of: Of, segments: Segments) -> list[Figure]:
        by_day: defaultdict[int, list[tuple[int, BitMap]]] = defaultdict(list)
        for day, index, members in sets(self._txn, of, self._first, self._last):
            by_day[day].append((index, members))
        found: list[Figure] = []
        for date, days in self._periods:
            groups: defaultdict[Group, list[BitMap]] = defaultdict(list)
            for day in days:
                for index, members in by_day.get(day, ()):
                    segment = _segments(of, self._stored[day])[index] if segments else None
                    groups[_group(segment, segments)].append(members)
            found += _figures(date, {group: len(BitMap.union(*each)) for group, each in groups.items()}, segments)
        return found

    def _ratio(self, messages: list[Figure], senders: list[Figure]) -> list[Figure]:
        people = {(each.date, each.group): each.value for each in senders}
        return [each._replace(value=_divided(each.value, people.get((each.date, each.group), 0))) for each in messages]


def _segments(of: Of, day: Day) -> tuple[MessageSegment, ...] | tuple[ChannelSegment, ...]:
    return day.messages if of is Of.SENDERS else day.channels


def _group(segment: MessageSegment | ChannelSegment | None, segments: Segments) -> Group:
    return tuple(getattr(segment, name) for name in segments)


def _figures(date: str, values: dict[Group, int], segments: Segments) -> list[Figure]:
    """The values of a period: of each group that there is, or one."""
    found = values if segments else {(): values.get((), 0)}
    return [Figure(date, value, group) for group, value in sorted(found.items()) if value or not segments]


def _divided(part: Value, whole: Value) -> float:
    return round(part / whole, 4) if whole else 0.0


def _stickiness(active: ActiveUsers, days: range) -> float:
    """How many of those who came within a month were there on the last day."""
    return _divided(active.until(days[-1], 1), active.until(days[-1], MONTH))


_OF_PEOPLE: Final[dict[str, Callable[[ActiveUsers, range], Value]]] = {
    "active_users": lambda active, days: len(active.of(days)),
    "wau": lambda active, days: active.until(days[-1], WEEK),
    "mau": lambda active, days: active.until(days[-1], MONTH),
    "stickiness": _stickiness,
}

assert set(get_args(Counter)) == set(msgspec.structs.asdict(DayCounters()))
