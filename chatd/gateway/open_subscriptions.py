"""Requests about the channels `open:` of the client protocol: entering an open channel is subscribing to its own."""

from __future__ import annotations

from chatd.domain import stream
from chatd.domain.channels.open_access import OPEN, enterable
from chatd.errors import Forbidden, NotFound, RequestError
from chatd.gateway.connection import Connection
from chatd.gateway.hub import Hub
from chatd.gateway.open_channel import OpenChannel
from chatd.gateway.poller import Poller
from chatd.gateway.recovery import Recovery
from chatd.model import Channel
from chatd.store.store import Store
from chatd.wire import codes
from chatd.wire.codes import Error
from chatd.wire.messages import ChannelRequest, SubscribeRequest
from chatd.wire.replies import ClientInfo, PresenceResult, PresenceStatsResult

# Clients of more are not listed in one answer; the command `open_channels.participants` has pages.
MAX_LISTED = 1000


class OpenSubscriptions:
    """Answers them. A client may be in up to `limit` open channels."""

    def __init__(self, store: Store, hub: Hub, poller: Poller, recovery: Recovery, limit: int) -> None:
        self._store = store
        self._hub = hub
        self._poller = poller
        self._recovery = recovery
        self._limit = limit

    def subscribe(self, connection: Connection, id: int, request: SubscribeRequest) -> None:
        """Enter an open channel, from where the client left its stream or from now on."""
        actor = connection.actor
        assert actor is not None
        channel = self._enterable(connection, request.channel)
        if isinstance(channel, Error):
            self._refuse(connection, id, channel)
            return
        result = self._recovery.entered(actor.application, channel.number, request)
        if request.rejects_unrecovered and result.was_recovering and not result.recovered:
            self._refuse(connection, id, codes.UNRECOVERABLE_POSITION)
            return
        # Nothing is published between the look at the store and this.
        self._hub.open.enter(connection, channel, self._store.read(actor.application, stream.top).sequence)
        self._poller.owe(connection, connection.codec.reply(id, result))

    def unsubscribe(self, connection: Connection, name: str) -> None:
        """Leave an open channel, if the client is in it."""
        channel = self._hub.open.find(connection, name)
        if channel is not None:
            self._hub.open.exit(connection, channel)

    def presence(self, connection: Connection, id: int, request: ChannelRequest) -> None:
        """Tell somebody who is in a channel which clients are."""
        channel = self._entered(connection, id, request.channel)
        if channel is None:
            return
        if len(channel.seats) > MAX_LISTED:
            self._refuse(connection, id, codes.ANSWER_TOO_LARGE)
            return
        clients = {each.client_id: _described(each) for each in channel.seats}
        self._poller.owe(connection, connection.codec.reply(id, PresenceResult(clients)))

    def presence_stats(self, connection: Connection, id: int, request: ChannelRequest) -> None:
        """Tell somebody who is in a channel how many are."""
        channel = self._entered(connection, id, request.channel)
        if channel is not None:
            result = PresenceStatsResult(len(channel.seats), len(channel.participants))
            self._poller.owe(connection, connection.codec.reply(id, result))

    def _enterable(self, connection: Connection, name: str) -> Channel | Error:
        """The channel that a subscription's name means, or why the client may not enter it."""
        actor = connection.actor
        assert actor is not None
        entered = self._hub.open.of(connection)
        if any(each.name == name for each in entered):
            return codes.ALREADY_SUBSCRIBED
        if len(entered) >= self._limit:
            return codes.LIMIT_EXCEEDED
        try:
            return self._store.read(actor.application, enterable, actor, name.removeprefix(OPEN))
        except Forbidden:
            return codes.PERMISSION_DENIED
        except (NotFound, RequestError):
            return codes.UNKNOWN_CHANNEL

    def _entered(self, connection: Connection, id: int, name: str) -> OpenChannel | None:
        channel = self._hub.open.find(connection, name)
        if channel is None:
            self._refuse(connection, id, codes.PERMISSION_DENIED)
        return channel

    def _refuse(self, connection: Connection, id: int, why: Error) -> None:
        self._poller.owe(connection, connection.codec.error(id, why))


def _described(connection: Connection) -> ClientInfo:
    actor = connection.actor
    assert actor is not None
    return ClientInfo(actor.user_id or "", connection.client_id)
