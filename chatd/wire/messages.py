"""What clients send, in the client protocol, version 2, as typed records.

`data` is whatever JSON the application put there; it stays as the bytes it came in until a command needs it.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

_EMPTY = msgspec.Raw(b"")

# The ranges of the protocol's numbers. An offset beyond any log is only one that cannot be resumed.
Id = Annotated[int, msgspec.Meta(ge=0, lt=1 << 32)]
Int = Annotated[int, msgspec.Meta(ge=-(1 << 31), lt=1 << 31)]
Offset = Annotated[int, msgspec.Meta(ge=0)]

# In a subscribe request's flag: an error is wanted when the position cannot be recovered.
_REJECT_UNRECOVERED = 2


# Commands in a frame. Clients that have many to send at once have some dozens.
MAX_COMMANDS = 1000


class BadMessage(Exception):
    """What came is not the client protocol."""


class Message(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """Base of all messages: absent fields have their zero value, unknown ones are passed over."""


class Empty(Message, frozen=True):
    """Nothing to say, or nothing that chatd reads."""


class SubscribeRequest(Message, frozen=True):
    """Subscribe to a channel, with the position to recover from.

    `type` 0 is a stream, the only kind that is served; `tf` is a filter over tags.
    """

    channel: str = ""
    token: str = ""
    recover: bool = False
    epoch: str = ""
    offset: Offset = 0
    data: msgspec.Raw = _EMPTY
    positioned: bool = False
    recoverable: bool = False
    join_leave: bool = False
    delta: str = ""
    tf: Empty | None = None
    flag: int = 0
    type: int = 0

    @property
    def rejects_unrecovered(self) -> bool:
        """Whether a position that cannot be recovered is an error to the client."""
        return bool(self.flag & _REJECT_UNRECOVERED)


class ConnectRequest(Message, frozen=True):
    """Log in. `subs` gives positions of server-side subscriptions after a reconnect."""

    token: str = ""
    data: msgspec.Raw = _EMPTY
    subs: dict[str, SubscribeRequest] = msgspec.field(default_factory=dict)
    name: str = ""
    version: str = ""


class ChannelRequest(Message, frozen=True):
    """A request that only names a channel."""

    channel: str = ""


class PublishRequest(Message, frozen=True):
    """Publish to a channel; `type` is that of a subscription."""

    channel: str = ""
    data: msgspec.Raw = _EMPTY
    type: int = 0


class Position(Message, frozen=True):
    """A place in the stream of a channel."""

    offset: Offset = 0
    epoch: str = ""


class HistoryRequest(Message, frozen=True):
    """Read a channel's history from a position: `limit` publications, with 0 only the top, below 0 all there are."""

    channel: str = ""
    limit: Int = 0
    since: Position | None = None
    reverse: bool = False


class SendRequest(Message, frozen=True):
    """Say something that gets no reply."""

    data: msgspec.Raw = _EMPTY


class RpcRequest(Message, frozen=True):
    """Call a method."""

    data: msgspec.Raw = _EMPTY
    method: str = ""


class RefreshRequest(Message, frozen=True):
    """A new token for the connection."""

    token: str = ""


class SubRefreshRequest(Message, frozen=True):
    """A new token for a subscription; `type` is that of the subscription."""

    channel: str = ""
    token: str = ""
    type: int = 0


class Command(Message, frozen=True):
    """What a client sends: an id to answer under, and one request. Neither makes it the answer to a ping."""

    id: Id = 0
    connect: ConnectRequest | None = None
    subscribe: SubscribeRequest | None = None
    unsubscribe: ChannelRequest | None = None
    publish: PublishRequest | None = None
    presence: ChannelRequest | None = None
    presence_stats: ChannelRequest | None = None
    history: HistoryRequest | None = None
    ping: Empty | None = None
    send: SendRequest | None = None
    rpc: RpcRequest | None = None
    refresh: RefreshRequest | None = None
    sub_refresh: SubRefreshRequest | None = None


# The answer to our ping.
PONG = Command()
