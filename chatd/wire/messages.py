"""Messages of the client protocol, version 2, as typed records.

`data` is whatever JSON the application put there; it stays as the bytes it came in until a command needs it.
"""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

_EMPTY = msgspec.Raw(b"")

# The ranges of the protocol's uint32 and uint64. An offset beyond any log is only one that cannot be resumed.
Id = Annotated[int, msgspec.Meta(ge=0, lt=1 << 32)]
Offset = Annotated[int, msgspec.Meta(ge=0)]


class BadMessage(Exception):
    """What came is not the client protocol."""


class Message(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """Base of all messages: absent fields have their zero value, unknown ones are passed over."""


class SubscribeRequest(Message, frozen=True):
    """Subscribe to a channel, with the position to recover from."""

    channel: str = ""
    token: str = ""
    recover: bool = False
    epoch: str = ""
    offset: Offset = 0
    data: msgspec.Raw = _EMPTY
    positioned: bool = False
    recoverable: bool = False
    join_leave: bool = False
    type: int = 0


class ConnectRequest(Message, frozen=True):
    """Log in. `subs` gives positions of server-side subscriptions after a reconnect."""

    token: str = ""
    data: msgspec.Raw = _EMPTY
    subs: dict[str, SubscribeRequest] = msgspec.field(default_factory=dict)
    name: str = ""
    version: str = ""


class ChannelRequest(Message, frozen=True):
    """A request that names a channel."""

    channel: str = ""


class RpcRequest(Message, frozen=True):
    """Call a method."""

    data: msgspec.Raw = _EMPTY
    method: str = ""


class TokenRequest(Message, frozen=True):
    """A new token for the connection or, with `channel`, a subscription."""

    token: str = ""
    channel: str = ""


class Empty(Message, frozen=True):
    """Nothing to say."""


class Command(Message, frozen=True):
    """What a client sends: an id to answer under, and one request. Neither makes it the answer to a ping."""

    id: Id = 0
    connect: ConnectRequest | None = None
    subscribe: SubscribeRequest | None = None
    unsubscribe: ChannelRequest | None = None
    publish: ChannelRequest | None = None
    presence: ChannelRequest | None = None
    presence_stats: ChannelRequest | None = None
    history: ChannelRequest | None = None
    ping: Empty | None = None
    send: Empty | None = None
    rpc: RpcRequest | None = None
    refresh: TokenRequest | None = None
    sub_refresh: TokenRequest | None = None


# The answer to our ping.
PONG = Command()


class Subscription(Message, frozen=True):
    """What a client learns of a subscription: its position, and what it missed."""

    epoch: str
    offset: int
    recovered: bool
    was_recovering: bool
    publications: list[tuple[int, dict[str, Any]]]
