"""Who was there today, and what was done: counted in memory for a few seconds, until it is written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from chatd import ids
from chatd.domain.statistics.days import day_of


class Seen(NamedTuple):
    """When users were there: on a day, in whatever way, or connected from a platform."""

    day: int
    platform: int | None = None


class Activity:
    """By application: users who connected or called on a day, how many connections there are, and counters of days.

    What is taken is forgotten here; what could not be written may be given back.
    """

    def __init__(self) -> None:
        self._today = day_of(ids.now_ms())
        self._connections: Counter[int] = Counter()
        self._users: defaultdict[int, dict[Seen, set[int]]] = defaultdict(dict)
        self._counters: defaultdict[int, dict[int, Counter[str]]] = defaultdict(dict)

    def entered(self, application: int, user: int, platform: int) -> None:
        """A client has logged in, from a platform."""
        self._connections[application] += 1
        self._raise_peak(application)
        self.used(application, user)
        self._users[application].setdefault(Seen(day_of(ids.now_ms()), platform), set()).add(user)

    def left(self, application: int, user: int) -> None:
        """A client is gone."""
        self._connections[application] -= 1
        self.used(application, user)

    def used(self, application: int, user: int) -> None:
        """A user did something by a session of their own."""
        self._users[application].setdefault(Seen(day_of(ids.now_ms())), set()).add(user)

    def add(self, application: int, name: str, count: int = 1) -> None:
        """Count something, by the name of its field in `DayCounters`."""
        self._today_of(application)[name] += count

    def connections(self, application: int) -> int:
        """How many clients are connected."""
        return self._connections[application]

    def turn(self, connected: Mapping[int, Iterable[tuple[int, int]]]) -> None:
        """When a day has begun, who is connected from which platform, by application, was there on that day too."""
        today = day_of(ids.now_ms())
        if today == self._today:
            return
        self._today = today
        for application, users in connected.items():
            held = self._users[application]
            for user, platform in users:
                for seen in (Seen(today), Seen(today, platform)):
                    held.setdefault(seen, set()).add(user)
            self._raise_peak(application)

    def take_users(self, application: int) -> dict[Seen, set[int]]:
        """Who was there, by day, and by day and platform, since this was last taken."""
        return self._users.pop(application, {})

    def give_back_users(self, application: int, seen: Seen, users: set[int]) -> None:
        """Some could not be written: they wait for the next time."""
        if users:
            self._users[application].setdefault(seen, set()).update(users)

    def take_counters(self, application: int) -> dict[int, Counter[str]]:
        """What was counted, by day, since this was last taken."""
        return self._counters.pop(application, {})

    def give_back_counters(self, application: int, day: int, counters: Counter[str]) -> None:
        """They could not be written: they wait for the next time."""
        held = self._counters[application].setdefault(day, Counter())
        peak = max(held["peak_connections"], counters["peak_connections"])
        held.update(counters)
        held["peak_connections"] = peak

    def _raise_peak(self, application: int) -> None:
        counters = self._today_of(application)
        counters["peak_connections"] = max(counters["peak_connections"], self._connections[application])

    def _today_of(self, application: int) -> Counter[str]:
        counters, today = self._counters[application], day_of(ids.now_ms())
        if today not in counters:
            counters[today] = Counter()
        return counters[today]
