"""Devices of users in a store: each has a replica that is told what the user is told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from chatd.domain import stream
from chatd.errors import ChatdError
from chatd.model import Publication
from scripts.simulating.loading import Calls, Refused, differences, load, load_wanted
from scripts.simulating.replica import Replica
from tests.domain.conftest import World


class Device:
    """One device of a user, connected until it is `cut`."""

    def __init__(self, world: World, user_id: str) -> None:
        self.world = world
        self.user_id = user_id
        self.number = world.actor(user_id).user or 0
        self.offset = _end(world)
        self.replica = loaded(world, user_id)

    def tell(self, publications: Iterable[Publication], audiences: dict[int, set[int]]) -> None:
        """Of the publications of a commit those that reach the user; who was in which channel before it."""
        for publication in publications:
            audience = audiences.setdefault(publication.channel, set())
            audience.update(publication.joined)
            is_told = publication.user == self.number or (publication.channel and self.number in audience)
            if is_told and publication.data:
                self.replica.take(publication.data)
            audience.difference_update(audience if publication.ends else publication.left)
        self.offset = _end(self.world)
        self._load_wanted()

    def come_back(self) -> None:
        """Recover what it has missed, or load all anew when that cannot be."""
        missed = self.world.store.read(self.world.application, stream.missed, self.number, self.offset, 1000)
        self.offset = _end(self.world)
        if missed is None:
            self.replica = loaded(self.world, self.user_id)
            return
        for sequence in missed:
            data = self.world.store.read(self.world.application, stream.told, sequence)
            if data is not None:
                self.replica.take(data)
        self._load_wanted()

    def differences(self) -> list[str]:
        """Where it is not as it would be if it were loaded now."""
        counts = self.world.client(self.user_id, "users.unread_item_count", item_keys=list(self.replica.counts()))
        return [
            *differences(self.replica.counts(), counts, "counted"),
            *differences(self.replica.state(), loaded(self.world, self.user_id).state()),
        ]

    def _load_wanted(self) -> None:
        run(self.world, self.user_id, load_wanted(self.replica))


def loaded(world: World, user_id: str) -> Replica:
    """A new device, with everything."""
    replica = Replica(user_id)
    run(world, user_id, load(replica))
    return replica


def run(world: World, user_id: str, calls: Calls) -> None:
    """Answer the calls of a client."""
    result: Any = None
    refused = False
    while True:
        try:
            method, params = calls.throw(Refused()) if refused else calls.send(result)
        except StopIteration:
            return
        try:
            result, refused = world.client(user_id, method, **params), False
        except ChatdError:
            refused = True


def _end(world: World) -> int:
    return world.store.read(world.application, stream.top).sequence
