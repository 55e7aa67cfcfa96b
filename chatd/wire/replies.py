"""What clients are sent: results of their requests, and pushes.

Zero values are left out of the encodings. Fields without a default stay in: client libraries rely on them. `data` is
anything that JSON can say, or a `msgspec.Raw` that holds JSON.
"""

from __future__ import annotations

from typing import Any

import msgspec

from chatd.wire.codes import Disconnect, Unsubscribe
from chatd.wire.messages import Message


class ClientInfo(Message, frozen=True):
    """A client of a user; `conn_info` and `chan_info` are the application's."""

    user: str
    client: str
    conn_info: Any = None
    chan_info: Any = None


class Publication(Message, frozen=True):
    """Something published; offset 0 means that it is not part of the stream's history. `time` is in milliseconds."""

    data: Any
    offset: int = 0
    info: ClientInfo | None = None
    tags: dict[str, str] = msgspec.field(default_factory=dict)
    time: int = 0


class SubscribeResult(Message, frozen=True):
    """A subscription as its client learns of it: its position, and what was missed. `ttl` is in seconds.

    When publications follow, `offset` is the position that was asked for: it advances with each of them.
    """

    epoch: str = ""
    offset: int = 0
    recovered: bool = False
    was_recovering: bool = False
    publications: list[Publication] = msgspec.field(default_factory=list)
    recoverable: bool = False
    positioned: bool = False
    data: Any = None
    expires: bool = False
    ttl: int = 0


class ConnectResult(Message, frozen=True):
    """The login is done. `ttl` and `ping` are seconds; a token that does not expire has no ttl.

    `session` and `node` are for a client that sends its commands in requests of their own.
    """

    client: str
    version: str
    data: Any = None
    expires: bool = False
    ttl: int = 0
    ping: int = 0
    pong: bool = False
    subs: dict[str, SubscribeResult] = msgspec.field(default_factory=dict)
    session: str = ""
    node: str = ""


class RefreshResult(Message, frozen=True):
    """The new token is good for `ttl` seconds."""

    client: str
    version: str
    expires: bool = False
    ttl: int = 0


class SubRefreshResult(Message, frozen=True):
    """The new token of a subscription is good for `ttl` seconds."""

    expires: bool = False
    ttl: int = 0


class UnsubscribeResult(Message, frozen=True):
    """Done."""


class PublishResult(Message, frozen=True):
    """Done."""


class HistoryResult(Message, frozen=True):
    """Publications, and the top of the stream that they are from."""

    publications: list[Publication]
    epoch: str
    offset: int


class PresenceResult(Message, frozen=True):
    """Who is subscribed, by client id."""

    presence: dict[str, ClientInfo]


class PresenceStatsResult(Message, frozen=True):
    """How many are subscribed."""

    num_clients: int
    num_users: int


class Join(Message, frozen=True):
    """Somebody has subscribed."""

    info: ClientInfo


class Leave(Message, frozen=True):
    """Somebody has ended a subscription."""

    info: ClientInfo


class Subscribe(Message, frozen=True):
    """The server has begun a subscription."""

    recoverable: bool = False
    epoch: str = ""
    offset: int = 0
    positioned: bool = False
    data: Any = None


class ServerMessage(Message, frozen=True):
    """Something for one client, outside any channel."""

    data: Any


Result = (
    ConnectResult
    | SubscribeResult
    | UnsubscribeResult
    | PublishResult
    | PresenceResult
    | PresenceStatsResult
    | HistoryResult
    | RefreshResult
    | SubRefreshResult
)
Push = Publication | Join | Leave | Unsubscribe | ServerMessage | Subscribe | Disconnect
