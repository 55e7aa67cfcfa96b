"""What a test server does with the requests of a client: nearly all that the protocol offers, for everybody."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from permissive_channels import Channel
from permissive_tokens import InvalidToken, claims

from chatd import VERSION, ids
from chatd.gateway.connection import Connection, State
from chatd.gateway.poller import Poller
from chatd.model import Actor
from chatd.wire import codes
from chatd.wire.codes import Error
from chatd.wire.json_codec import decode_data
from chatd.wire.messages import (
    BadMessage,
    ChannelRequest,
    ConnectRequest,
    HistoryRequest,
    PublishRequest,
    RefreshRequest,
    RpcRequest,
    SendRequest,
    SubRefreshRequest,
    SubscribeRequest,
)
from chatd.wire.replies import (
    ClientInfo,
    ConnectResult,
    Join,
    Leave,
    PresenceResult,
    PresenceStatsResult,
    PublishResult,
    Push,
    RefreshResult,
    Result,
    SubRefreshResult,
    SubscribeResult,
    UnsubscribeResult,
)

LIFETIME_MS = 365 * 24 * 3600 * 1000


class Permissive:
    """Users are those whom tokens name; each is subscribed to a channel of their own, `#` and the user's name.

    Any other channel may be subscribed to, and what a client is subscribed to it may publish to and look into.
    """

    def __init__(self, poller: Poller, opened: Callable[[Connection], None], ping_seconds: int) -> None:
        self._poller = poller
        self._opened = opened
        self._ping_seconds = ping_seconds
        self._clients: dict[Connection, ClientInfo] = {}
        self._channels: dict[str, Channel] = {}

    def connect(self, connection: Connection, id: int, request: ConnectRequest) -> None:
        """Without a token a client is nobody in particular."""
        try:
            user = str(claims(request.token).get("sub", "")) if request.token else ""
        except InvalidToken:
            self._poller.close(connection, codes.INVALID_TOKEN)
            return
        connection.actor = Actor(0, None, user)
        connection.expires_at = ids.now_ms() + LIFETIME_MS
        connection.state = State.OPEN
        self._opened(connection)
        info = self._clients[connection] = ClientInfo(user, str(uuid.uuid4()))
        own = f"#{user}"
        subs = {own: self._enter(connection, own, request.subs.get(own) or SubscribeRequest())} if user else {}
        ping = self._ping_seconds
        self._reply(connection, id, ConnectResult(info.client, VERSION, ping=ping, pong=True, subs=subs))
        for channel in subs:
            self._tell(self._channels[channel], Join(info))

    def subscribe(self, connection: Connection, id: int, request: SubscribeRequest) -> None:
        """A token has to be for this user and channel."""
        if not self._is_allowed(connection, request.token, request.channel):
            self._refuse(connection, id, codes.PERMISSION_DENIED)
            return
        channel = self._channel(request.channel)
        if connection in channel.subscribers:
            self._refuse(connection, id, codes.ALREADY_SUBSCRIBED)
        elif request.rejects_unrecovered and request.recover and not channel.position(request).recovered:
            self._refuse(connection, id, codes.UNRECOVERABLE_POSITION)
        else:
            self._reply(connection, id, self._enter(connection, request.channel, request))
            self._tell(channel, Join(self._clients[connection]))

    def unsubscribe(self, connection: Connection, id: int, request: ChannelRequest) -> None:
        """The others are told."""
        self._leave(connection, self._channel(request.channel))
        self._reply(connection, id, UnsubscribeResult())

    def publish(self, connection: Connection, id: int, request: PublishRequest) -> None:
        """Data go on as they came; they have to be JSON, since others may read that."""
        channel = self._subscribed(connection, id, request.channel)
        if channel is None:
            return
        try:
            decode_data(request.data)
        except BadMessage:
            self._refuse(connection, id, codes.BAD_REQUEST)
            return
        self._tell(channel, channel.publish(request.data, self._clients[connection]))
        self._reply(connection, id, PublishResult())

    def history(self, connection: Connection, id: int, request: HistoryRequest) -> None:
        """What is kept of a stream."""
        channel = self._subscribed(connection, id, request.channel)
        if channel is None:
            return
        result = channel.history(request)
        if result is None:
            self._refuse(connection, id, codes.UNRECOVERABLE_POSITION)
        else:
            self._reply(connection, id, result)

    def presence(self, connection: Connection, id: int, request: ChannelRequest) -> None:
        """Who is subscribed."""
        channel = self._subscribed(connection, id, request.channel)
        if channel is not None:
            self._reply(connection, id, PresenceResult({info.client: info for info in channel.subscribers.values()}))

    def presence_stats(self, connection: Connection, id: int, request: ChannelRequest) -> None:
        """How many are subscribed."""
        channel = self._subscribed(connection, id, request.channel)
        if channel is not None:
            users = {info.user for info in channel.subscribers.values()}
            self._reply(connection, id, PresenceStatsResult(len(channel.subscribers), len(users)))

    def send(self, connection: Connection, request: SendRequest) -> None:
        """Nobody listens."""
        self._poller.close(connection, codes.NOT_AVAILABLE_CLOSE)

    def rpc(self, connection: Connection, id: int, request: RpcRequest) -> None:
        """There are no methods."""
        self._refuse(connection, id, codes.NOT_AVAILABLE)

    def refresh(self, connection: Connection, id: int, request: RefreshRequest) -> None:
        """Tokens do not expire, but they may be renewed."""
        try:
            claims(request.token)
        except InvalidToken:
            self._poller.close(connection, codes.INVALID_TOKEN)
        else:
            self._reply(connection, id, RefreshResult(self._clients[connection].client, VERSION))

    def sub_refresh(self, connection: Connection, id: int, request: SubRefreshRequest) -> None:
        """As for the connection's token."""
        if self._subscribed(connection, id, request.channel) is None:
            return
        if request.token and self._is_allowed(connection, request.token, request.channel):
            self._reply(connection, id, SubRefreshResult())
        else:
            self._refuse(connection, id, codes.PERMISSION_DENIED)

    def gone(self, connection: Connection) -> None:
        """A connection has ended."""
        for channel in self._channels.values():
            self._leave(connection, channel)
        self._clients.pop(connection, None)

    def _is_allowed(self, connection: Connection, token: str, channel: str) -> bool:
        if not token:
            return True
        try:
            said = claims(token)
        except InvalidToken:
            return False
        return said.get("channel") == channel and said.get("sub", "") == self._clients[connection].user

    def _channel(self, name: str) -> Channel:
        return self._channels.setdefault(name, Channel(name))

    def _subscribed(self, connection: Connection, id: int, name: str) -> Channel | None:
        """The channel, if the client is subscribed to it; otherwise it learns that it has to be."""
        channel = self._channel(name)
        if connection in channel.subscribers:
            return channel
        self._refuse(connection, id, codes.PERMISSION_DENIED)
        return None

    def _enter(self, connection: Connection, name: str, request: SubscribeRequest) -> SubscribeResult:
        channel = self._channel(name)
        channel.subscribers[connection] = self._clients[connection]
        return channel.position(request)

    def _leave(self, connection: Connection, channel: Channel) -> None:
        info = channel.subscribers.pop(connection, None)
        if info is not None:
            self._tell(channel, Leave(info))

    def _tell(self, channel: Channel, push: Push) -> None:
        self._poller.owe_all(channel.subscribers, lambda codec: codec.push(channel.name, push))

    def _reply(self, connection: Connection, id: int, result: Result) -> None:
        self._poller.owe(connection, connection.codec.reply(id, result))

    def _refuse(self, connection: Connection, id: int, why: Error) -> None:
        self._poller.owe(connection, connection.codec.error(id, why))
