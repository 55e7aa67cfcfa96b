"""What dashboards ask: several figures of many days at once, cohorts, and who did most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from heapq import nsmallest
from itertools import islice, pairwise
from typing import Annotated, Final, Literal

from msgspec import Meta
from pyroaring import BitMap

from chatd.domain import live, shapes
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import NOBODY
from chatd.domain.statistics.days import Date, Dimension, check_range, date_of, day_of, parsed
from chatd.domain.statistics.figures import SEGMENTS_OF, Figures, Metric, Segment, Segments
from chatd.domain.statistics.people import MONTH, WEEK, ActiveUsers
from chatd.domain.statistics.sets import Of, sets
from chatd.domain.statistics.sets import live as live_generation
from chatd.domain.statistics.tallying import TALLY_DAYS
from chatd.errors import OutOfRange
from chatd.model import Actor
from chatd.store import tables
from chatd.store.transaction import Transaction

MAX_COHORTS: Final = 60
# So many times as are asked for are looked at first: some of those with most messages are no more.
MORE: Final = 4
_EPOCH_WEEKDAY: Final = 3  # 1970-01-01 was a Thursday, and weeks begin on Mondays.


class Now(Input, frozen=True):
    """Nothing to say."""


class OfDay(Input, frozen=True):
    """A day, UTC; absent for today."""

    date: Date | None = None


class Range(Input, frozen=True):
    """Figures from the first day to the last one, both included, UTC."""

    start_date: Date
    end_date: Date
    metrics: Annotated[tuple[Metric, ...], Meta(min_length=1, max_length=30)]
    time_dimension: Dimension = "daily"
    segments: Annotated[tuple[Segment, ...], Meta(max_length=4)] = ()


class Cohorts(Input, frozen=True):
    """Users by when they were made, from the first day to the last one, UTC."""

    start_date: Date
    end_date: Date
    cohort: Literal["day", "week"] = "week"


class Top(Input, frozen=True):
    """Channels or senders with most messages in some days that end with today, UTC."""

    kind: Literal["channels", "senders"]
    days: Annotated[int, Meta(ge=1, le=TALLY_DAYS)] = 7
    limit: Annotated[int, Meta(ge=1, le=100)] = 10


@command("statistics.ccu", Right.BACKEND, Kind.LIVE, roles=NOBODY, example={}, result=shapes.Ccu)
def ccu(txn: Transaction, actor: Actor, input: Now) -> live.Count:
    """How many connections there are at this moment."""
    return live.Count()


@command("statistics.dau", Right.BACKEND, Kind.SCAN, roles=NOBODY, example={"date": "2026-01-31"}, result=shapes.Dau)
def dau(txn: Transaction, actor: Actor, input: OfDay) -> Resource:
    """How many users were active on a day."""
    day = _day(txn, input)
    return {"dau": ActiveUsers(txn, day, day, 0).until(day, 1)}


@command("statistics.mau", Right.BACKEND, Kind.SCAN, roles=NOBODY, example={"date": "2026-01-31"}, result=shapes.Mau)
def mau(txn: Transaction, actor: Actor, input: OfDay) -> Resource:
    """How many users were active in the thirty days that end with a day."""
    day = _day(txn, input)
    return {"mau": ActiveUsers(txn, day, day).until(day, MONTH)}


@command(
    "statistics.range",
    Right.BACKEND,
    Kind.SCAN,
    roles=NOBODY,
    example={"start_date": "2026-01-01", "end_date": "2026-01-31", "metrics": ["active_users", "mau", "messages"]},
    result=shapes.StatisticsRange,
)
def range_of(txn: Transaction, actor: Actor, input: Range) -> Resource:
    """Figures of each day or month. Segments tell apart those figures that have them."""
    first, last = parsed("start_date", input.start_date), parsed("end_date", input.end_date)
    figures = Figures(txn, first, last, input.time_dimension)
    return {
        "time_dimension": input.time_dimension,
        "segments": list(input.segments),
        "metrics": [
            {"metric_type": metric, "values": values(figures, metric, _known(metric, input.segments))}
            for metric in dict.fromkeys(input.metrics)
        ],
    }


def _known(metric: Metric, segments: Segments) -> Segments:
    """Those of the segments that a figure has."""
    return tuple(each for each in dict.fromkeys(segments) if each in SEGMENTS_OF.get(metric, ()))


def values(figures: Figures, metric: Metric, segments: Segments) -> list[Resource]:
    """The values of a figure as they are shown, with what the segments are in each."""
    return [
        {"date": each.date, "value": each.value} | dict(zip(segments, each.group, strict=True))
        for each in figures.of(metric, segments)
    ]


@command(
    "statistics.retention",
    Right.BACKEND,
    Kind.SCAN,
    roles=NOBODY,
    example={"start_date": "2026-01-01", "end_date": "2026-01-31", "cohort": "week"},
    result=shapes.RetentionCohorts,
)
def retention(txn: Transaction, actor: Actor, input: Cohorts) -> Resource:
    """Of the users who were made in a day or week, how many were active in it and in each that followed."""
    first, last = parsed("start_date", input.start_date), parsed("end_date", input.end_date)
    check_range(first, last)
    spans = _spans(first, last, input.cohort)
    if len(spans) > MAX_COHORTS:
        raise OutOfRange(f"There are no more than {MAX_COHORTS} cohorts at once.")
    made = {day: members for day, _, members in sets(txn, Of.NEW_USERS, first, last)}
    active = ActiveUsers(txn, first, last, 0)
    present = [active.of(days) for days in spans]
    cohorts = []
    for begin, days in enumerate(spans):
        members = BitMap.union(BitMap(), *(made[day] for day in days if day in made))
        counts = [members.intersection_cardinality(each) for each in present[begin:]]
        cohorts.append({"date": date_of(days.start).isoformat(), "users": len(members), "active": counts})
    return {"cohorts": cohorts}


@command(
    "statistics.top",
    Right.BACKEND,
    Kind.SCAN,
    roles=NOBODY,
    example={"kind": "channels", "days": 7},
    result=shapes.TopList,
)
def top(txn: Transaction, actor: Actor, input: Top) -> Resource:
    """Which channels, or users, had most messages; those that are gone are left out."""
    last = day_of(txn.now)
    of = Of.CHANNELS if input.kind == "channels" else Of.SENDERS
    found: defaultdict[int, int] = defaultdict(int)
    for (_, _, day, _), counts in txn.scan(
        tables.TALLIES, live_generation(txn), int(of), start=(last - input.days + 1,)
    ):
        if day > last:
            break
        for number, count in counts.items():
            found[number] += count
    ranked = _ranked(found, input.limit)
    named = ((_name(txn, of, number), count) for number, count in ranked)
    top = islice(({**name, "messages": count} for name, count in named if name is not None), input.limit)
    return {"top": list(top)}


def _ranked(found: dict[int, int], limit: int) -> Iterator[tuple[int, int]]:
    """Most first: a few of the first, which is nearly always enough, and then all."""

    def place(item: tuple[int, int]) -> tuple[int, int]:
        return -item[1], item[0]

    first = nsmallest(MORE * limit, found.items(), place)
    yield from first
    yield from sorted(found.items(), key=place)[len(first) :]


def _name(txn: Transaction, of: Of, number: int) -> Resource | None:
    if of is Of.CHANNELS:
        channel = txn.get(tables.CHANNELS, number)
        return None if channel is None else {"channel_url": channel.channel_url, "name": channel.name}
    user = txn.get(tables.USERS, number)
    if user is None or txn.get(tables.USER_IDS, user.user_id) != number:
        return None
    return {"user_id": user.user_id, "nickname": user.nickname}


def _spans(first: int, last: int, cohort: str) -> list[range]:
    """The days of each cohort; of the first and the last week only those that are asked for."""
    if cohort == "day":
        return [range(day, day + 1) for day in range(first, last + 1)]
    starts = [day for day in range(first, last + 1) if day == first or (day + _EPOCH_WEEKDAY) % WEEK == 0]
    return [range(begin, end) for begin, end in pairwise([*starts, last + 1])]


def _day(txn: Transaction, input: OfDay) -> int:
    return day_of(txn.now) if input.date is None else parsed("date", input.date)
