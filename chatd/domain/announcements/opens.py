"""How far announcements were opened: by whom, and how many in each hour, day, week and month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from itertools import accumulate
from typing import Annotated, Final

from msgspec import Meta

from chatd.domain import shapes
from chatd.domain.announcements.announcements import Group, UniqueId, find_announcement
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import PageLimit, PageToken, UserIds
from chatd.domain.paging import Page
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import NOBODY
from chatd.domain.statistics.days import Date, date_of, numbered, parsed
from chatd.domain.statistics.openings import HOUR_MS
from chatd.domain.statistics.sets import live
from chatd.errors import InvalidValue, OutOfRange
from chatd.model import Actor, Announcement
from chatd.store import tables
from chatd.store.transaction import Transaction

# The most that is asked for at once.
MAX_DAYS: Final = 31
MAX_WEEKS: Final = 5
# A page looks at so many receivers, whether they are meant or not.
LOOKED_AT: Final = 1000

Week = Annotated[str, Meta(max_length=8, pattern=r"^[0-9]{4}-W[0-9]{1,2}\Z")]
Month = Annotated[str, Meta(max_length=7, pattern=r"^[0-9]{4}-[0-9]{2}\Z")]
ChannelUrls = Annotated[tuple[str, ...], Meta(max_length=100)]


class Daily(Input, frozen=True):
    """Days, UTC: up to 31."""

    start_date: Date
    end_date: Date


class Weekly(Input, frozen=True):
    """Weeks of the ISO calendar, as `2026-W5`: up to five."""

    start_week: Week
    end_week: Week


class Monthly(Input, frozen=True):
    """A month, as `2026-01`."""

    start_month: Month
    end_month: Month


class One(Input, frozen=True):
    """An announcement."""

    unique_id: UniqueId


class OfGroup(Input, frozen=True):
    """The announcements of a group."""

    group: Group


class Status(Input, frozen=True):
    """Receivers of an announcement."""

    unique_id: UniqueId
    user_ids: UserIds | None = None
    channel_urls: ChannelUrls | None = None
    has_opened: bool | None = None
    token: PageToken = ""
    limit: PageLimit = 10


@command(
    "announcements.daily_stats",
    Right.BACKEND,
    Kind.SCAN,
    roles=NOBODY,
    example={"start_date": "2026-01-01", "end_date": "2026-01-31"},
    result=shapes.AnnouncementStats,
)
def daily_stats(txn: Transaction, actor: Actor, input: Daily) -> Resource:
    """To how many users announcements were sent on each day, and how many were opened."""
    first, last = parsed("start_date", input.start_date), parsed("end_date", input.end_date)
    _check(first <= last < first + MAX_DAYS, f"There are up to {MAX_DAYS} days, in their order.")
    return _statistics(txn, first, last, lambda day: date_of(day).isoformat())


@command(
    "announcements.weekly_stats",
    Right.BACKEND,
    Kind.SCAN,
    roles=NOBODY,
    example={"start_week": "2026-W1", "end_week": "2026-W2"},
    result=shapes.AnnouncementStats,
)
def weekly_stats(txn: Transaction, actor: Actor, input: Weekly) -> Resource:
    """To how many users announcements were sent in each week, and how many were opened."""
    first, last = _monday("start_week", input.start_week), _monday("end_week", input.end_week)
    _check(first <= last < first + MAX_WEEKS * 7, f"There are up to {MAX_WEEKS} weeks, in their order.")
    return _statistics(txn, first, last + 6, _week_of)


@command(
    "announcements.monthly_stats",
    Right.BACKEND,
    Kind.SCAN,
    roles=NOBODY,
    example={"start_month": "2026-01", "end_month": "2026-01"},
    result=shapes.AnnouncementStats,
)
def monthly_stats(txn: Transaction, actor: Actor, input: Monthly) -> Resource:
    """To how many users announcements were sent in a month, and how many were opened."""
    _check(input.start_month == input.end_month, "It is of one month at a time.")
    first = parsed("start_month", f"{input.start_month}-01")
    last = next(day for day in range(first + 27, first + 31) if date_of(day + 1).month != date_of(first).month)
    return _statistics(txn, first, last, lambda day: date_of(day).isoformat()[:7])


@command(
    "announcements.open_rate",
    Right.BACKEND,
    Kind.SCAN,
    roles=NOBODY,
    example={"unique_id": "harvest"},
    result=shapes.OpenRates,
)
def open_rate(txn: Transaction, actor: Actor, input: One) -> Resource:
    """How many receivers have opened an announcement, in each hour since it began."""
    return _rates(txn, [find_announcement(txn, input.unique_id)])


@command(
    "announcements.open_rate_of_group",
    Right.BACKEND,
    Kind.SCAN,
    roles=NOBODY,
    example={"group": "seasons"},
    result=shapes.OpenRates,
)
def open_rate_of_group(txn: Transaction, actor: Actor, input: OfGroup) -> Resource:
    """The same of all announcements of a group, each in the hours since it began."""
    found = (each for _, each in txn.scan(tables.ANNOUNCEMENTS))
    return _rates(txn, [each for each in found if each.group == input.group])


@command(
    "announcements.open_status",
    Right.BACKEND,
    Kind.SCAN,
    roles=NOBODY,
    example={"unique_id": "harvest", "limit": 20},
    result=shapes.OpenStatuses,
)
def open_status(txn: Transaction, actor: Actor, input: Status) -> Resource:
    """Which receivers have opened an announcement. A page may have fewer than asked for."""
    announcement = find_announcement(txn, input.unique_id)
    page = Page(input.token, input.limit, (int, int))
    for looked, (channel, user) in enumerate(_receivers(txn, announcement, page.start or (0, 0))):
        if looked == LOOKED_AT:
            page.cut((channel, user))
            break
        status = _status(txn, announcement, channel, user)
        if _is_meant(input, status) and not page.add((channel, user), status):
            break
    return {"open_status": page.items, "next": page.next}


def _receivers(txn: Transaction, announcement: Announcement, start: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Channel and user, in their order: members from before the message was sent, but for its sender."""
    for (_, channel), announced in txn.scan(tables.ANNOUNCED, announcement.number, start=start[:1]):
        if txn.get(tables.CHANNELS, channel) is None:
            continue
        begin = start[1] if channel == start[0] else 0
        for (_, user), member in txn.scan(tables.MEMBERS, channel, start=(begin,)):
            if user != announcement.sender and member.since <= announced.message:
                yield channel, user


def _status(txn: Transaction, announcement: Announcement, channel: int, user: int) -> Resource:
    opened = txn.get(tables.OPENED, announcement.number, channel, user)
    return {
        "channel_url": txn.require(tables.CHANNELS, channel).channel_url,
        "user_id": txn.require(tables.USERS, user).user_id,
        "has_opened": opened is not None,
        "opened_at": opened or 0,
    }


def _is_meant(input: Status, status: Resource) -> bool:
    return (
        input.has_opened in (None, status["has_opened"])
        and (input.user_ids is None or status["user_id"] in input.user_ids)
        and (input.channel_urls is None or status["channel_url"] in input.channel_urls)
    )


def _rates(txn: Transaction, announcements: list[Announcement]) -> Resource:
    hours: Counter[int] = Counter()
    for each in announcements:
        begin = each.scheduled_at // HOUR_MS
        for hour, count in (txn.get(tables.OPEN_HOURS, each.number) or {}).items():
            hours[max(hour - begin, 0)] += count
    sent = sum(each.sent_users for each in announcements)
    counts = [hours[hour] for hour in range(max(hours, default=-1) + 1)]
    totals = list(accumulate(counts))
    return {
        "open_counts": counts,
        "open_rates": [_rate(count, sent) for count in counts],
        "cumulative_open_counts": totals,
        "cumulative_open_rates": [_rate(count, sent) for count in totals],
    }


def _statistics(txn: Transaction, first: int, last: int, name: Callable[[int], str]) -> Resource:
    opened: Counter[int] = Counter()
    for _, hours in txn.scan(tables.OPEN_HOURS):
        for hour, count in hours.items():
            opened[hour // 24] += count
    days = {day: record for (_, day), record in txn.scan(tables.DAYS, live(txn), start=(first,)) if day <= last}
    found: dict[str, Resource] = {}
    for day in range(first, last + 1):
        empty = {"date": name(day), "sent_channel_count": 0, "sent_user_count": 0, "open_count": 0}
        sums = found.setdefault(name(day), empty)
        if day in days:
            sums["sent_channel_count"] += days[day].announced_channels
            sums["sent_user_count"] += days[day].announced_users
        sums["open_count"] += opened[day]
    return {"statistics": list(found.values())}


def _rate(count: int, whole: int) -> float:
    return round(count / whole, 4) if whole else 0.0


def _week_of(day: int) -> str:
    year, week, _ = date_of(day).isocalendar()
    return f"{year}-W{week}"


def _monday(name: str, text: str) -> int:
    """The first day of a week. Raises InvalidValue."""
    year, week = text.split("-W")
    try:
        return numbered(date.fromisocalendar(int(year), int(week), 1))
    except ValueError:
        raise InvalidValue(f'"{name}" is no week.') from None


def _check(is_so: bool, words: str) -> None:
    if not is_so:
        raise OutOfRange(words)
