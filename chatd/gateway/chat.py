"""What chatd does with the requests of a client: login, the stream `~`, open channels, and commands as RPCs."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import msgspec

from chatd import VERSION, ids
from chatd.domain import COMMANDS, stream
from chatd.domain.channels.open_access import OPEN
from chatd.domain.command import Command, Right
from chatd.domain.resources.users import user_resource
from chatd.domain.tenants import applications
from chatd.domain.users.sessions import authenticate
from chatd.domain.users.users import mark_logged_in
from chatd.errors import ChatdError, InvalidSessionToken, Overloaded, SessionExpired
from chatd.gateway import service
from chatd.gateway.connection import BOOT, WRITES, Connection, State, Subscribed
from chatd.gateway.open_subscriptions import OpenSubscriptions
from chatd.gateway.poller import Poller
from chatd.gateway.recovery import Recovery
from chatd.gateway.service import Services
from chatd.model import Actor, Session, User
from chatd.store import tables
from chatd.store.transaction import Transaction
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
from chatd.wire.replies import ConnectResult, RefreshResult, UnsubscribeResult

_log = logging.getLogger("chatd.gateway")

# Above this many commands that wait for their commit, a connection is not read from.
MAX_WRITES = 128
# So many names of client programs are shared between connections, each of so many characters and as many for a version.
MAX_SOFTWARE = 1000
SOFTWARE_LENGTH = 20
METHODS = {name: command for name, command in COMMANDS.items() if command.right is not Right.BACKEND}


class ConnectData(msgspec.Struct, frozen=True):
    """What chatd understands of a client's connect data."""

    stream: bool = False


class Chat:
    """The protocol's handler in production."""

    def __init__(self, services: Services, poller: Poller, opened: Callable[[Connection], None]) -> None:
        self._services = services
        self._gateway = services.config.gateway
        self._poller = poller
        self._opened = opened
        self._recovery = Recovery(
            services.store,
            services.hub,
            services.counters,
            services.config.stream.recovery_limit,
            services.config.gateway.backlog_bytes // 2,
        )
        limit = services.config.stream.open_channels_per_connection
        self._open = OpenSubscriptions(services.store, services.hub, poller, self._recovery, limit)

    def connect(self, connection: Connection, id: int, request: ConnectRequest) -> None:
        """Log in with a session token; with connect data `{"stream": true}` the stream begins at once."""
        try:
            session = self._services.store.read(0, authenticate, request.token)
            wants = _connect_data(request.data)
        except (SessionExpired, msgspec.ValidationError) as error:
            connection.state = State.REFUSED
            why = codes.TOKEN_EXPIRED if isinstance(error, SessionExpired) else codes.BAD_REQUEST
            self._refuse(connection, id, why)
            return
        except InvalidSessionToken:
            self._poller.close(connection, codes.INVALID_TOKEN)
            return
        except BadMessage:
            self._poller.close(connection, codes.BAD_REQUEST_CLOSE)
            return
        if self._services.hub.count(session.application, session.user) >= self._gateway.max_connections_per_user:
            self._poller.close(connection, codes.CONNECTION_LIMIT)
            return
        connection.software = _software(request.name[:SOFTWARE_LENGTH], request.version[:SOFTWARE_LENGTH])
        self._enter(connection, session)
        user, application_id = self._services.store.read(session.application, _who, session.user)
        subs = {}
        if wants.stream:
            asked = request.subs.get(stream.CHANNEL) or SubscribeRequest()
            # Who enters the audience at once misses nothing between.
            subs[stream.CHANNEL] = self._recovery.subscribed(_actor(session, connection), asked)
            self._services.hub.subscribe(connection)
            connection.subscribed = Subscribed.BY_SERVER
        secret = self._services.emulation.secret(connection)
        result = ConnectResult(
            client=connection.client_id,
            version=VERSION,
            data={"user": user_resource(user), "application_id": application_id, "server_time": ids.now_ms()},
            expires=True,
            ttl=_ttl(session),
            ping=round(self._gateway.ping_seconds),
            pong=True,
            subs=subs,
            session=secret,
            node=BOOT if secret else "",
        )
        self._poller.owe(connection, connection.codec.reply(id, result))
        if not user.has_ever_logged_in:
            self._remember_login(session)

    def subscribe(self, connection: Connection, id: int, request: SubscribeRequest) -> None:
        """Begin the stream, or enter an open channel, from where the client left it."""
        if request.channel.startswith(OPEN):
            self._open.subscribe(connection, id, request)
        elif request.channel != stream.CHANNEL:
            self._refuse(connection, id, codes.UNKNOWN_CHANNEL)
        elif connection.subscribed:
            self._refuse(connection, id, codes.ALREADY_SUBSCRIBED)
        else:
            assert connection.actor is not None
            result = self._recovery.subscribed(connection.actor, request)
            if request.rejects_unrecovered and result.was_recovering and not result.recovered:
                self._refuse(connection, id, codes.UNRECOVERABLE_POSITION)
                return
            self._services.hub.subscribe(connection)
            self._poller.owe(connection, connection.codec.reply(id, result))

    def unsubscribe(self, connection: Connection, id: int, request: ChannelRequest) -> None:
        """Leave an open channel; or end the stream, if the client subscribed to it.

        It may take back a request that was refused beside ours.
        """
        self._open.unsubscribe(connection, request.channel)
        if request.channel == stream.CHANNEL and connection.subscribed is Subscribed.BY_CLIENT:
            self._services.hub.unsubscribe(connection)
        self._poller.owe(connection, connection.codec.reply(id, UnsubscribeResult()))

    def decline(
        self,
        connection: Connection,
        id: int,
        request: PublishRequest | HistoryRequest | ChannelRequest | SubRefreshRequest,
    ) -> None:
        """What the stream does not have: messages are commands, it is its user's alone, and has no token of its own."""
        is_known = request.channel == stream.CHANNEL or request.channel.startswith(OPEN)
        self._refuse(connection, id, codes.NOT_AVAILABLE if is_known else codes.UNKNOWN_CHANNEL)

    publish = history = sub_refresh = decline

    def presence(self, connection: Connection, id: int, request: ChannelRequest) -> None:
        """Who is in an open channel."""
        if request.channel.startswith(OPEN):
            self._open.presence(connection, id, request)
        else:
            self.decline(connection, id, request)

    def presence_stats(self, connection: Connection, id: int, request: ChannelRequest) -> None:
        """How many are in an open channel."""
        if request.channel.startswith(OPEN):
            self._open.presence_stats(connection, id, request)
        else:
            self.decline(connection, id, request)

    def send(self, connection: Connection, request: SendRequest) -> None:
        """Nobody listens; who sends on would never learn it."""
        self._poller.close(connection, codes.NOT_AVAILABLE_CLOSE)

    def refresh(self, connection: Connection, id: int, request: RefreshRequest) -> None:
        """Go on with a new token of the same user. At an error here clients would give up, so none is given."""
        try:
            session = self._services.store.read(0, authenticate, request.token)
        except SessionExpired:
            self._poller.close(connection, codes.EXPIRED)
            return
        except InvalidSessionToken:
            self._poller.close(connection, codes.INVALID_TOKEN)
            return
        if _actor(session, connection) != connection.actor:
            self._poller.close(connection, codes.INVALID_TOKEN)
            return
        # The end of the old session, by another process, must not be told to who has the new one.
        self._services.hub.keep_up(session.application)
        if connection.state is not State.OPEN:
            return
        connection.expires_at = session.expires_at
        result = RefreshResult(connection.client_id, VERSION, True, _ttl(session))
        self._poller.owe(connection, connection.codec.reply(id, result))

    def rpc(self, connection: Connection, id: int, request: RpcRequest) -> None:
        """Run a command. Writes are answered after their commit, in the order in which they came."""
        command = METHODS.get(request.method)
        if command is None:
            self._refuse(connection, id, codes.METHOD_NOT_FOUND)
            return
        try:
            params = decode_data(request.data)
        except BadMessage:
            self._poller.close(connection, codes.BAD_REQUEST_CLOSE)
            return
        if params is None:
            params = {}
        if not isinstance(params, dict):
            self._refuse(connection, id, codes.BAD_REQUEST)
            return
        self._run(connection, id, command, params)

    def _run(self, connection: Connection, id: int, command: Command, params: dict[str, Any]) -> None:
        actor = connection.actor
        assert actor is not None
        if command.kind in service.WAITING:
            self._submit(connection, id, command, params)
            return
        try:
            result = service.call_at_once(self._services, actor, command, params)
        except ChatdError as error:
            self._answer(connection, id, None, error)
        else:
            self._answer(connection, id, result, None)

    def _submit(self, connection: Connection, id: int, command: Command, params: dict[str, Any]) -> None:
        actor = connection.actor
        assert actor is not None
        connection.writes += 1
        if connection.writes == MAX_WRITES:
            self._poller.pause(connection, WRITES)

        def done(result: Any, error: ChatdError | None) -> None:
            connection.writes -= 1
            if connection.writes == MAX_WRITES // 2:
                self._poller.resume(connection, WRITES)
            self._answer(connection, id, result, error)

        service.submit(self._services, actor, command, params, done)

    def _answer(self, connection: Connection, id: int, result: Any, error: ChatdError | None) -> None:
        codec = connection.codec
        frame = codec.result(id, result) if error is None else codec.error(id, _protocol_error(error))
        if len(frame) > self._gateway.backlog_bytes:
            frame = codec.error(id, codes.ANSWER_TOO_LARGE)
        self._poller.owe(connection, frame)

    def _enter(self, connection: Connection, session: Session) -> None:
        connection.actor = _actor(session, connection)
        connection.since = ids.now_ms()
        connection.expires_at = session.expires_at
        connection.state = State.OPEN
        self._services.hub.enter(connection)
        self._opened(connection)

    def _refuse(self, connection: Connection, id: int, why: Error) -> None:
        self._poller.owe(connection, connection.codec.error(id, why))

    def _remember_login(self, session: Session) -> None:
        def done(result: Any, error: ChatdError | None) -> None:
            if error is not None:
                _log.warning("login not remembered", extra={"error": error.message})

        try:
            self._services.writer.submit(session.application, mark_logged_in, (session.user,), done)
        except Overloaded as error:
            done(None, error)


def _who(txn: Transaction, user: int) -> tuple[User, str]:
    application = applications.by_number(txn, txn.application)
    return txn.require(tables.USERS, user), application.application_id


def _connect_data(raw: msgspec.Raw) -> ConnectData:
    data = decode_data(raw)
    return ConnectData() if data is None else msgspec.convert(data, ConnectData)


def _actor(session: Session, connection: Connection) -> Actor:
    return Actor(session.application, session.user, session.user_id, connection.serial, is_visitor=session.is_visitor)


@lru_cache(MAX_SOFTWARE)
def _software(name: str, version: str) -> str:
    """What a client says it is; those that say the same share the text."""
    return f"{name} {version}".strip()


def _ttl(session: Session) -> int:
    return max(1, (session.expires_at - ids.now_ms()) // 1000)


def _protocol_error(error: ChatdError) -> Error:
    return Error(error.rpc_code, error.message, error.temporary)
