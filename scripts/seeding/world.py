"""Who is there: users, channels of very different sizes, and one user who is a member of many."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import accumulate
from random import Random

from chatd.domain.channels import creating, inviting
from chatd.domain.users import users
from chatd.model import Actor, Application, Head
from chatd.store import tables
from chatd.store.transaction import Transaction

APPLICATION = 1
BEGIN = 1_735_689_600_000  # 2025-01-01
# This user is a member of so many channels.
BUSY = "busy"
BUSY_CHANNELS = 500

_AT_ONCE = 100

Step = Callable[[Transaction], None]


class World:
    """An application with as many users as channels, and no messages.

    `rooms` are its channels with their members, those with most traffic first; `traffic` is the traffic of each and of
    those before it.
    """

    def __init__(self, random: Random, count: int) -> None:
        self._random = random
        self._count = count
        self._backend = Actor(APPLICATION, None, None)
        self._people: list[Actor] = []
        self._busy = self._backend
        self.rooms: list[tuple[str, list[Actor]]] = []
        # The traffic of a channel falls with its rank.
        self.traffic = list(accumulate(1 / (rank + 6) for rank in range(count)))

    def steps(self) -> Iterator[Step]:
        """What makes it, in transactions of their own: to create is slow when much is not yet written."""
        yield self._begin
        for first in range(0, self._count, _AT_ONCE):
            yield lambda txn, first=first: self._add_people(txn, first)  # type: ignore[misc]
        for first in range(0, self._count, _AT_ONCE):
            yield lambda txn, first=first: self._add_rooms(txn, first)  # type: ignore[misc]

    def _begin(self, txn: Transaction) -> None:
        """The application and the name of its log; what the domain would give is different each time."""
        application = Application(APPLICATION, "00000000-0000-4000-8000-000000000001", "main", BEGIN, "seeded" * 7)
        txn.put(tables.APPLICATIONS, APPLICATION, value=application)
        txn.put(tables.APPLICATION_NAMES, application.name, value=APPLICATION)
        txn.put(tables.HEAD, value=Head(0, BEGIN, f"{self._random.getrandbits(64):016x}"))
        self._busy = self._user(txn, BUSY)

    def _add_people(self, txn: Transaction, first: int) -> None:
        numbers = range(first, min(first + _AT_ONCE, self._count))
        self._people += [self._user(txn, f"user{number}") for number in numbers]

    def _add_rooms(self, txn: Transaction, first: int) -> None:
        self.rooms += [self._room(txn, rank) for rank in range(first, min(first + _AT_ONCE, self._count))]

    def _user(self, txn: Transaction, user_id: str) -> Actor:
        users.create.function(txn, self._backend, users.Create(user_id=user_id, nickname=f"{user_id.title()} Seed"))
        return Actor(APPLICATION, txn.head.sequence, user_id)

    def _room(self, txn: Transaction, rank: int) -> tuple[str, list[Actor]]:
        """A channel: its URL and its members, few of whom are in many channels."""
        random = self._random.random
        size = 2 + int(7 * random()) + 8000 // (rank + 8)
        found = [self._people[number] for number in sorted({int(random() ** 2 * self._count) for _ in range(size)})]
        if rank % max(1, self._count // BUSY_CHANNELS) == 0:
            found.append(self._busy)
        ids = [actor.user_id or "" for actor in found]
        url = f"room-{rank}"
        is_super = len(ids) > _AT_ONCE
        names = tuple(ids[:_AT_ONCE])
        first = creating.Create(channel_url=url, name=f"Room {rank}", user_ids=names, is_super=is_super)
        creating.create.function(txn, self._backend, first)
        for begin in range(_AT_ONCE, len(ids), _AT_ONCE):
            more = inviting.Invite(channel_url=url, user_ids=tuple(ids[begin : begin + _AT_ONCE]))
            inviting.invite.function(txn, self._backend, more)
        return url, found
