"""What the Platform API asks: one figure of some days or months, and peaks of connections."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from chatd.domain import shapes
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import PageToken
from chatd.domain.paging import Page
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import NOBODY
from chatd.domain.statistics.days import Dimension, numbered
from chatd.domain.statistics.figures import Figures, Segment
from chatd.domain.statistics.ranges import values
from chatd.errors import InvalidValue, MissingParameter
from chatd.model import Actor
from chatd.store.transaction import Transaction

Year = Annotated[int, Meta(ge=1970, le=9999)]
Month = Annotated[int, Meta(ge=1, le=12)]
DayOfMonth = Annotated[int, Meta(ge=1, le=31)]
MetricType = Literal[
    "messages",
    "messages_per_user",
    "created_channels",
    "active_channels",
    "message_senders",
    "message_viewers",
    "created_users",
    "deactivated_users",
    "deleted_users",
]


class Span(Input, frozen=True):
    """Days, or with the dimension `monthly` whole months, UTC, from the first to the last one."""

    time_dimension: Dimension
    start_year: Year
    start_month: Month
    end_year: Year
    end_month: Month
    start_day: DayOfMonth | None = None
    end_day: DayOfMonth | None = None


class Ask(Span, frozen=True, kw_only=True):
    """A figure, perhaps told apart by segments."""

    metric_type: MetricType
    segments: Annotated[tuple[Segment, ...], Meta(max_length=4)] = ()
    token: PageToken = ""
    limit: Annotated[int, Meta(ge=1, le=1000)] = 1000


DAYS = {
    "time_dimension": "daily",
    "start_year": 2026,
    "start_month": 1,
    "start_day": 1,
    "end_year": 2026,
    "end_month": 1,
    "end_day": 31,
}


@command(
    "statistics.metric",
    Right.BACKEND,
    Kind.SCAN,
    roles=NOBODY,
    example={"metric_type": "messages", "segments": ["channel_type"]} | DAYS,
    result=shapes.MetricValues,
)
def metric(txn: Transaction, actor: Actor, input: Ask) -> Resource:
    """A figure of each day or month. Raises IncompatibleValues when it has not these segments."""
    first, last = _days(input)
    figures = Figures(txn, first, last, input.time_dimension)
    page = Page(input.token, input.limit, (int,))
    found = values(figures, input.metric_type, tuple(dict.fromkeys(input.segments)))
    begin = page.start[0] if page.start else 0
    for place, value in enumerate(found[begin:], begin):
        if not page.add((place,), value):
            break
    return {
        "metric_type": input.metric_type,
        "segments": list(input.segments),
        "values": page.items,
        "next": page.next,
    }


@command(
    "statistics.peak_connections", Right.BACKEND, Kind.SCAN, roles=NOBODY, example=DAYS, result=shapes.PeakConnections
)
def peak_connections(txn: Transaction, actor: Actor, input: Span) -> Resource:
    """The most connections that there were at one time, of each day or month."""
    found = Figures(txn, *_days(input), input.time_dimension).of("peak_connections")
    return {"peak_connections": [{"date": each.date, "peak_connections": each.value} for each in found]}


def _days(span: Span) -> tuple[int, int]:
    """The first and the last day. Raises MissingParameter, InvalidValue."""
    if span.time_dimension == "monthly":
        end = monthrange(span.end_year, span.end_month)[1]
        return numbered(date(span.start_year, span.start_month, 1)), numbered(date(span.end_year, span.end_month, end))
    if span.start_day is None or span.end_day is None:
        raise MissingParameter("start_day" if span.start_day is None else "end_day")
    try:
        return (
            numbered(date(span.start_year, span.start_month, span.start_day)),
            numbered(date(span.end_year, span.end_month, span.end_day)),
        )
    except ValueError:
        raise InvalidValue("There is no such day.") from None
