"""An open channel with a hub and clients, without sockets: what each would have been sent, it has in its inbox."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from chatd.domain import COMMANDS, stream
from chatd.domain.tenants import applications
from chatd.domain.users.people import find_user
from chatd.gateway.connection import Connection, State
from chatd.gateway.counters import Counters
from chatd.gateway.hub import Hub
from chatd.gateway.open_subscriptions import OpenSubscriptions
from chatd.gateway.recovery import Recovery
from chatd.model import Actor, Publication
from chatd.store.store import Store
from chatd.store.transaction import Transaction
from chatd.wire.codecs import WEBSOCKET_JSON, Codec
from chatd.wire.codes import Disconnect
from chatd.wire.messages import ChannelRequest, SubscribeRequest

HALL = "hall"
NAME = "open:hall"


class Inbox:
    """A client's connection and what is on its way to it."""

    def __init__(self, world: Hall, user_id: str, serial: int) -> None:
        number = world.store.read(world.application, find_user, user_id).number
        self.connection = Connection(0, serial, WEBSOCKET_JSON, actor=Actor(world.application, number, user_id))
        self.connection.state = State.OPEN
        self.frames: list[dict[str, Any]] = []

    def take(self) -> list[dict[str, Any]]:
        """What has come since."""
        frames, self.frames = self.frames, []
        return frames


class Hall:
    """An application with an open channel. Commits are published at once, as the writer does group by group."""

    def __init__(self, directory: Path, users: int, *, rate: int = 5, limit: int = 1000) -> None:
        self.store = Store.open(directory, 64 * 2**20)
        self.inboxes: dict[Connection, Inbox] = {}
        self.kept: list[bytes] = []
        self.hub = Hub(self.store, Counters(), self._owe_all, self._close, rate)
        recovery = Recovery(self.store, self.hub, Counters(), limit, 2**20)
        self.subscriptions = OpenSubscriptions(self.store, self.hub, self, recovery, 3)
        self.application = self.store.write_now(0, applications.create, "test").number
        self.users = [f"user{n}" for n in range(users)]
        for user_id in self.users:
            self.call("users.create", user_id=user_id, nickname=user_id)
        self.call("open_channels.create", channel_url=HALL)
        self.number = self.store.read(self.application, stream.top).sequence

    def call(self, name: str, /, **params: Any) -> Any:
        """A backend's call, committed and published."""
        command = COMMANDS[name]
        actor = Actor(self.application, None, None)

        def run(txn: Transaction) -> tuple[Any, list[Publication]]:
            return command.function(txn, actor, command.parse(params)), txn.publications

        result, publications = self.store.write_now(self.application, run)
        self.store.refresh()
        self.hub.publish(publications)
        return result

    def send(self, text: str = "hi", user: int = 0) -> int:
        """A message in the hall; its id."""
        number: int = self.call("messages.send", channel_url=HALL, user_id=self.users[user], message=text)["message_id"]
        return number

    def client(self, user: int = 0) -> Inbox:
        """A connection of a user that has logged in."""
        inbox = Inbox(self, self.users[user], len(self.inboxes) + 1)
        self.inboxes[inbox.connection] = inbox
        self.hub.enter(inbox.connection)
        return inbox

    def enter(self, inbox: Inbox, **position: Any) -> None:
        """Subscribe; the reply is in the inbox."""
        request = replace(SubscribeRequest(NAME), **position)
        self.subscriptions.subscribe(inbox.connection, 1, request)

    def exit(self, inbox: Inbox) -> None:
        """Unsubscribe."""
        self.subscriptions.unsubscribe(inbox.connection, NAME)

    def ask(self, inbox: Inbox, kind: str) -> dict[str, Any]:
        """Ask for `presence` or `presence_stats`; the reply."""
        getattr(self.subscriptions, kind)(inbox.connection, 1, ChannelRequest(NAME))
        return inbox.frames.pop()

    def owe(self, connection: Connection, frame: bytes) -> None:
        """In the place of the poller's."""
        self.inboxes[connection].frames.append(json.loads(frame[frame.index(b'{"') :]))

    def _owe_all(self, connections: Collection[Connection], encode: Callable[[Codec], bytes]) -> None:
        frame = b""
        if connections:
            frame = encode(WEBSOCKET_JSON)
            self.kept.append(frame)
        for connection in connections:
            assert connection.state is State.OPEN
            self.owe(connection, frame)

    def _close(self, connection: Connection, why: Disconnect) -> None:
        connection.state = State.CLOSING
        self.hub.leave(connection)
