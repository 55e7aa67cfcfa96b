"""Days: of UTC, by their number since 1970-01-01, so that figures mean the same wherever one is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import Annotated, Final, Literal

from msgspec import Meta

from chatd.errors import InvalidValue, OutOfRange

MILLISECONDS: Final = 24 * 60 * 60 * 1000
_EPOCH: Final = date(1970, 1, 1)
# The most that is asked for at once.
MAX_DAYS: Final = 366

Date = Annotated[str, Meta(max_length=10, pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")]
Dimension = Literal["daily", "monthly"]


def day_of(time: int) -> int:
    """The day of a time in milliseconds."""
    return time // MILLISECONDS


def date_of(day: int) -> date:
    """The date of a day."""
    return _EPOCH + timedelta(days=day)


def parsed(name: str, text: str) -> int:
    """The day of a date that the parameter `name` gives as YYYY-MM-DD. Raises InvalidValue."""
    try:
        return numbered(date.fromisoformat(text))
    except ValueError:
        raise InvalidValue(f'"{name}" is no date.') from None


def numbered(day: date) -> int:
    """The day of a date. ValueError before 1970."""
    number = (day - _EPOCH).days
    if number < 0:
        raise ValueError
    return number


def check_range(first: int, last: int) -> None:
    """Raise OutOfRange when days are not in their order, or too many."""
    if not first <= last < first + MAX_DAYS:
        raise OutOfRange(f"The first day must not be after the last one, and no more than {MAX_DAYS} are asked for.")


def periods(first: int, last: int, dimension: Dimension) -> Iterator[tuple[str, range]]:
    """The days from the first to the last one, each or by month, under the date with which that begins."""
    if dimension == "daily":
        for day in range(first, last + 1):
            yield date_of(day).isoformat(), range(day, day + 1)
        return
    for _, group in groupby(range(first, last + 1), lambda day: date_of(day).replace(day=1)):
        days = list(group)
        yield date_of(days[0]).replace(day=1).isoformat(), range(days[0], days[-1] + 1)
