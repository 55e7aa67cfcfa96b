"""The users in an open channel, and what has changed about them since it was told."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from typing import NamedTuple

from chatd.domain.stream import SMALL_CHANNEL


class Changes(NamedTuple):
    """How many users there are; who has come and gone since it was told, None where that is too much to tell."""

    number: int
    entered: list[int] | None
    exited: list[int] | None


class Participants:
    """Users by number. One is there while at least one connection of theirs is."""

    __slots__ = ("_before", "_connections", "_order", "_told")

    def __init__(self) -> None:
        self._connections: dict[int, int] = {}
        self._order: list[int] = []
        # Who has come or gone, and whether they were there before; None when it is not known any more.
        self._before: dict[int, bool] | None = {}
        self._told = 0

    def __len__(self) -> int:
        return len(self._order)

    @property
    def is_small(self) -> bool:
        """Whether each is told who comes and goes."""
        return len(self._order) <= SMALL_CHANNEL

    def add(self, user: int) -> None:
        """A connection of a user has come."""
        count = self._connections.get(user, 0)
        self._connections[user] = count + 1
        if not count:
            insort(self._order, user)
            self._note(user, was_there=False)

    def remove(self, user: int) -> None:
        """A connection of a user has gone."""
        count = self._connections[user] - 1
        if count:
            self._connections[user] = count
            return
        del self._connections[user]
        del self._order[bisect_left(self._order, user)]
        self._note(user, was_there=True)

    def page(self, start: int | None, limit: int, *, is_reversed: bool = False) -> list[int]:
        """Up to `limit` users, ascending from number `start` on, or descending from it; None is the first of all."""
        if is_reversed:
            end = len(self._order) if start is None else bisect_right(self._order, start)
            return self._order[max(0, end - limit) : end][::-1]
        place = bisect_left(self._order, start or 0)
        return self._order[place : place + limit]

    def changes(self) -> Changes | None:
        """What has changed since this was asked last; None for nothing."""
        before, self._before = self._before, {}
        count, told = len(self), self._told
        self._told = count
        if not self.is_small or before is None:
            return Changes(count, None, None) if count != told or self.is_small else None
        there = self._connections
        entered = [user for user, was_there in before.items() if not was_there and user in there]
        exited = [user for user, was_there in before.items() if was_there and user not in there]
        return Changes(count, entered, exited) if entered or exited else None

    def _note(self, user: int, *, was_there: bool) -> None:
        if self._before is not None:
            self._before.setdefault(user, was_there)
            if len(self._before) > SMALL_CHANNEL or not self.is_small:
                self._before = None
