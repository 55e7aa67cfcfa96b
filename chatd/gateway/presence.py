"""Presence: users are online while they have a connection, and were last seen when their last one ended."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import trio

from chatd import ids
from chatd.domain.command import Command, Input
from chatd.domain.resources.resource import Resource
from chatd.domain.resources.users import basic_user, status_resource
from chatd.domain.users.presence import NEVER
from chatd.domain.users.presence_preference import Viewer, viewers_of
from chatd.gateway.connection import Connection
from chatd.gateway.hub import Exposed, Hub
from chatd.gateway.last_seen import LastSeen
from chatd.gateway.watches import Key, Watched, Watches
from chatd.model import Actor, Publication
from chatd.store import tables
from chatd.store.store import Store
from chatd.store.transaction import Transaction

TICK_SECONDS = 0.5
# So many watchers are looked at before others have a turn.
AT_ONCE = 200
# What is shown of who is not to be seen: nobody can tell it from one who is away and never was here.
HIDDEN: Resource = {"is_online": False, "last_seen_at": NEVER}


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

    def of(self, txn: Transaction, user: int) -> Resource:
        """Whether a user is online, and when they were; 0 while they are, -1 for never. For any thread."""
        if self._hub.is_online(txn.application, user):
            return {"is_online": True, "last_seen_at": 0}
        return {"is_online": False, "last_seen_at": self.last_seen.of(txn, user)}

    def run(self, command: Command, txn: Transaction, actor: Actor, input: Input) -> Any:
        """A command whose result shows people, with their presence."""
        assert command.people is not None
        result = command.function(txn, actor, input)
        return self._added(txn, Viewer(txn, actor.user), result, command.people)

    def watch(self, connection: Connection, users: dict[int, str]) -> list[Resource]:
        """Tell a connection from now on of users, ids by number; how they are now. Raises LimitExceeded, Overloaded."""
        application, _ = _who(connection)
        self.watches.add(connection, {(application, number): user_id for number, user_id in users.items()})
        return self._store.read(application, self._seen, connection, users)

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
            while self._hub.exposed:
                await self._tell_anew(self._hub.exposed.pop())
            await self._tell_profiles()
            for key, believed, watched in self.watches.due(trio.current_time()):
                if self._hub.is_online(*key) is not believed:
                    await self._tell(key, watched)

    def _change(self, key: Key, at: int, *, was_online: bool) -> None:
        self.last_seen.note(*key, at)
        self.watches.change(key, was_online, trio.current_time())

    async def _tell(self, key: Key, watched: Watched) -> None:
        """Tell those who may see a user that they are there now or not."""
        for part in _parts(watched.connections):
            seeing, _ = self._sorted(key, part)
            self._send(key, watched, seeing, self._store.read(key[0], self.of, key[1]))
            await trio.lowlevel.checkpoint()

    async def _tell_anew(self, exposed: Exposed) -> None:
        """Tell those who watch a user what they may see from now on; who may see nothing is told that they are away."""
        key = exposed.application, exposed.user
        watched = self.watches.of(key)
        if watched is None:
            return
        for part in _parts(self._watching(watched, exposed)):
            seeing, others = self._sorted(key, part)
            self._send(key, watched, seeing, self._store.read(key[0], self.of, key[1]))
            self._send(key, watched, others, HIDDEN)
            await trio.lowlevel.checkpoint()

    async def _tell_profiles(self) -> None:
        """Tell of those whose profiles have changed until now; others who change meanwhile have their turn later."""
        changed = list(self._hub.changed)
        self._hub.changed.clear()
        for count, key in enumerate(changed, 1):
            await self._tell_profile(key)
            if count % AT_ONCE == 0:
                await trio.lowlevel.checkpoint()

    async def _tell_profile(self, key: Key) -> None:
        """Tell those who watch a user what they are called now, and what they look like."""
        watched = self.watches.of(key)
        if watched is None:
            return
        data = self._store.read(key[0], _profile, key[1])
        for part in _parts(watched.connections):
            receivers = [connection for connection in part if connection.subscribed]
            self._hub.tell(Publication(key[0], 0, data), receivers)
            await trio.lowlevel.checkpoint()

    def _watching(self, watched: Watched, exposed: Exposed) -> Collection[Connection]:
        """Those of the connections that watch a user which are concerned."""
        if not exposed.viewer_id:
            return watched.connections
        viewer = self._store.read(exposed.application, lambda txn: txn.get(tables.USER_IDS, exposed.viewer_id))
        return watched.connections.intersection(self._hub.connections(exposed.application, viewer or 0))

    def _sorted(self, key: Key, connections: list[Connection]) -> tuple[list[Connection], list[Connection]]:
        """Those connections that may see a user, and the others."""
        users = {connection.actor.user or 0 for connection in connections if connection.actor is not None}
        seeing = self._store.read(key[0], viewers_of, key[1], users)
        found: tuple[list[Connection], list[Connection]] = [], []
        for connection in connections:
            if connection.subscribed and connection.actor is not None:
                found[connection.actor.user not in seeing].append(connection)
        return found

    def _send(self, key: Key, watched: Watched, receivers: list[Connection], presence: Resource) -> None:
        data = {"type": "presence.changed", "user_id": watched.user_id} | presence
        self._hub.tell(Publication(key[0], 0, data), receivers)

    def _seen(self, txn: Transaction, connection: Connection, users: dict[int, str]) -> list[Resource]:
        viewer = Viewer(txn, _who(connection)[1])
        return [_called(txn, number) | self._visible(txn, viewer, number) for number in users]

    def _visible(self, txn: Transaction, viewer: Viewer, user: int) -> Resource:
        return self.of(txn, user) if viewer.sees(user) else HIDDEN

    def _added(self, txn: Transaction, viewer: Viewer, value: Any, path: tuple[str, ...]) -> Any:
        """A copy of a result in which the people at a path have their presence, as far as it is visible."""
        if isinstance(value, list):
            return [self._added(txn, viewer, each, path) for each in value]
        if path:
            name, *rest = path
            return value | {name: self._added(txn, viewer, value[name], tuple(rest))} if name in value else value
        number = txn.get(tables.USER_IDS, value["user_id"])
        return value | self._visible(txn, viewer, number or 0)


def _profile(txn: Transaction, user: int) -> Resource:
    record = txn.require(tables.USERS, user)
    return {"type": "profile.changed", "user": basic_user(record), "status": status_resource(record.status)}


def _called(txn: Transaction, user: int) -> Resource:
    record = txn.require(tables.USERS, user)
    return basic_user(record) | {"status": status_resource(record.status)}


def _parts(watching: Collection[Connection]) -> list[list[Connection]]:
    """Those who watch somebody, some at a time."""
    connections = list(watching)
    return [connections[begin : begin + AT_ONCE] for begin in range(0, len(connections), AT_ONCE)]


def _user(connection: Connection) -> Key | None:
    actor = connection.actor
    return None if actor is None or actor.user is None else (actor.application, actor.user)


def _who(connection: Connection) -> Key:
    key = _user(connection)
    assert key is not None
    return key
