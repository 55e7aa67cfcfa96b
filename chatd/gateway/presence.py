"""Presence: users are online while they have a connection, and were last seen when their last one ended."""

from __future__ import annotations

from typing import Any

import trio

from chatd import ids
from chatd.domain.command import Command, Input
from chatd.domain.moderation.blocks import has_blocked
from chatd.domain.resources.resource import Resource
from chatd.domain.users.presence import NEVER
from chatd.gateway.connection import Connection
from chatd.gateway.hub import Hub
from chatd.gateway.last_seen import LastSeen
from chatd.gateway.watches import Key, Watched, Watches
from chatd.model import Actor, Publication
from chatd.store import tables
from chatd.store.store import Store
from chatd.store.transaction import Transaction

TICK_SECONDS = 0.5


class Presence:
    """Knows from the hub who is online. What others are told of it waits a moment, and is told once."""

    def __init__(self, store: Store, hub: Hub, last_seen: LastSeen) -> None:
        self._store = store
        self._hub = hub
        self.last_seen = last_seen
        self.watches = Watches()

    def entered(self, connection: Connection) -> None:
        """A connection has entered the hub."""
        key = _user(connection)
        if key is not None and self._hub.count(*key) == 1:
            # Also this is noted: if the server is killed, it is the last that is known.
            self._change(key, connection.since, was_online=False)

    def left(self, connection: Connection) -> None:
        """A connection has left the hub."""
        self.watches.forget(connection)
        key = _user(connection)
        if key is not None and self._hub.count(*key) == 0:
            self._change(key, ids.now_ms(), was_online=True)

    def of(self, txn: Transaction, user: int, viewer: int = 0) -> Resource:
        """Whether a user is online, and when they were; 0 while they are, -1 for never. For any thread.

        A viewer whom the user has blocked learns neither.
        """
        if viewer and has_blocked(txn, user, viewer):
            return {"is_online": False, "last_seen_at": NEVER}
        if self._hub.is_online(txn.application, user):
            return {"is_online": True, "last_seen_at": 0}
        return {"is_online": False, "last_seen_at": self.last_seen.of(txn, user)}

    def run(self, command: Command, txn: Transaction, actor: Actor, input: Input) -> Any:
        """A command whose result shows people, with their presence."""
        assert command.people is not None
        return self._added(txn, command.function(txn, actor, input), command.people, actor.user or 0)

    def watch(self, connection: Connection, users: dict[int, str]) -> list[Resource]:
        """Tell a connection from now on of users, ids by number; how they are now. Raises LimitExceeded, Overloaded."""
        application, viewer = _who(connection)
        self.watches.add(connection, {(application, number): user_id for number, user_id in users.items()})
        return [
            {"user_id": user_id} | self._store.read(application, self.of, number, viewer)
            for number, user_id in users.items()
        ]

    def unwatch(self, connection: Connection, users: tuple[int, ...] | None) -> None:
        """Tell a connection no more of users; None for all."""
        if users is None:
            self.watches.forget(connection)
        else:
            application, _ = _who(connection)
            self.watches.remove(connection, [(application, number) for number in users])

    async def tell_forever(self) -> None:
        """Tell of those who have come or gone, until cancelled."""
        while True:
            await trio.sleep(TICK_SECONDS)
            for key, believed, watched in self.watches.due(trio.current_time()):
                if self._hub.is_online(*key) is not believed:
                    self._tell(key, watched)
                    await trio.lowlevel.checkpoint()

    def _change(self, key: Key, at: int, *, was_online: bool) -> None:
        self.last_seen.note(*key, at)
        self.watches.change(key, was_online, trio.current_time())

    def _tell(self, key: Key, watched: Watched) -> None:
        application, user = key
        data = {"type": "presence.changed", "user_id": watched.user_id} | self._store.read(application, self.of, user)
        receivers = [connection for connection in watched.connections if connection.subscribed]
        shown = self._store.read(application, _not_blocked, user, receivers)
        self._hub.tell(Publication(application, 0, data), shown)

    def _added(self, txn: Transaction, value: Any, path: tuple[str, ...], viewer: int) -> Any:
        """A copy of a result in which the people at a path have their presence."""
        if isinstance(value, list):
            return [self._added(txn, each, path, viewer) for each in value]
        if path:
            name, *rest = path
            return value | {name: self._added(txn, value[name], tuple(rest), viewer)} if name in value else value
        number = txn.get(tables.USER_IDS, value["user_id"])
        return value | self.of(txn, number or 0, viewer)


def _user(connection: Connection) -> Key | None:
    actor = connection.actor
    return None if actor is None or actor.user is None else (actor.application, actor.user)


def _who(connection: Connection) -> Key:
    key = _user(connection)
    assert key is not None
    return key


def _not_blocked(txn: Transaction, user: int, watching: list[Connection]) -> list[Connection]:
    """Those who may know of a user's presence."""
    return [connection for connection in watching if not has_blocked(txn, user, _who(connection)[1])]
