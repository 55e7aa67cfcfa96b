"""Answers to commands that ask about connections."""

from __future__ import annotations

from chatd.domain import live
from chatd.domain.channels.open_channels import participants_page
from chatd.domain.resources.resource import Resource
from chatd.errors import NotFound
from chatd.gateway.connection import Connection
from chatd.gateway.hub import Hub
from chatd.gateway.presence import Presence
from chatd.model import Actor
from chatd.store.store import Store
from chatd.wire import codes
from chatd.wire.codecs import TRANSPORTS


class Live:
    """What the gateway knows and does for a command of the kind LIVE."""

    def __init__(self, store: Store, hub: Hub, presence: Presence) -> None:
        self._store = store
        self._hub = hub
        self._presence = presence

    def answer(self, actor: Actor, question: live.Question | live.Count) -> Resource:
        """What the caller gets. Raises ChatdError."""
        match question:
            case live.Connections(user):
                connections = self._hub.connections(actor.application, user)
                return {"connections": [_described(connection) for connection in connections]}
            case live.Count():
                return {"ccu": self._hub.activity.connections(actor.application)}
            case live.Cut():
                return self._cut(actor, question)
            case live.Watch(users):
                return {"users": self._presence.watch(self._asking(actor), users)}
            case live.Unwatch(users):
                self._presence.unwatch(self._asking(actor), users)
                return {}
            case live.Participants():
                found = self._hub.open.page(actor.application, question)
                return self._store.read(actor.application, participants_page, found, question.limit)

    def _cut(self, actor: Actor, cut: live.Cut) -> Resource:
        why = codes.CONNECTION_CLOSED if cut.reconnect else codes.FORCE_NO_RECONNECT
        closed = self._hub.cut(
            actor.application,
            cut.user,
            why,
            lambda connection: not cut.client_id or connection.client_id == cut.client_id,
        )
        if cut.client_id and not closed:
            raise NotFound("Connection")
        return {"closed": closed}

    def _asking(self, actor: Actor) -> Connection:
        """The connection on which a client calls."""
        for connection in self._hub.connections(actor.application, actor.user or 0):
            if connection.serial == actor.connection:
                return connection
        raise NotFound("Connection")


def _described(connection: Connection) -> Resource:
    transport, encoding = TRANSPORTS[connection.codec]
    return {
        "client_id": connection.client_id,
        "connected_at": connection.since,
        "address": connection.address,
        "transport": transport,
        "encoding": encoding,
        "software": connection.software,
    }
