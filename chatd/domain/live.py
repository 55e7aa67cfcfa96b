"""Questions that only a gateway can answer: it knows who is connected. Commands of the kind LIVE return them."""

from __future__ import annotations

from typing import NamedTuple


class Connections(NamedTuple):
    """Which connections does a user have?"""

    user: int


class Cut(NamedTuple):
    """Close connections of a user: all, or the one called `client_id`. With `reconnect` clients may come back."""

    user: int
    client_id: str
    reconnect: bool


class Watch(NamedTuple):
    """Tell the asking connection when users, ids by number, come and go; who of them is there now?"""

    users: dict[int, str]


class Unwatch(NamedTuple):
    """Tell the asking connection no more of users; None for all of them."""

    users: tuple[int, ...] | None


class Participants(NamedTuple):
    """Which users are in an open channel? Up to `limit`, by number from `start` on, and whether there are more.

    With `is_reversed` it goes down from `start`. None begins at that end.
    """

    channel: int
    start: int | None
    limit: int
    is_reversed: bool = False


class Count(NamedTuple):
    """How many connections does the application have? Asked by a backend, as `Question` is by anybody."""


Question = Connections | Cut | Watch | Unwatch | Participants
