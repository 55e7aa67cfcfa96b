"""Codes of the client protocol: all that it defines, also those that only other servers use.

Codes below 400 (errors), 2500 to 2999 (unsubscribes) and 3000 to 3999 (closes) belong to the protocol; applications
have errors from 400 to 1999 and closes from 4000 to 4999.
"""

from __future__ import annotations

from chatd.wire.messages import Message

# RFC 6455, section 7.4.1: client libraries take it as final.
_MESSAGE_TOO_BIG = 1009


class Error(Message, frozen=True):
    """An error in a reply. A temporary one may be tried again."""

    code: int
    message: str
    temporary: bool = False

    @property
    def reconnects(self) -> bool:
        """Whether a client comes back when this answers its login: for 109 it gets a new token first."""
        return self.temporary or self.code == TOKEN_EXPIRED.code


INTERNAL = Error(100, "internal server error", True)
UNAUTHORIZED = Error(101, "unauthorized")
UNKNOWN_CHANNEL = Error(102, "unknown channel")
PERMISSION_DENIED = Error(103, "permission denied")
METHOD_NOT_FOUND = Error(104, "method not found")
ALREADY_SUBSCRIBED = Error(105, "already subscribed")
LIMIT_EXCEEDED = Error(106, "limit exceeded")
# The same code: what was asked for would overrun the connection's backlog.
ANSWER_TOO_LARGE = Error(106, "the answer is too large; ask for less at a time")
BAD_REQUEST = Error(107, "bad request")
NOT_AVAILABLE = Error(108, "not available")
TOKEN_EXPIRED = Error(109, "token expired")
ALREADY_EXPIRED = Error(110, "expired")
TOO_MANY_REQUESTS = Error(111, "too many requests", True)
UNRECOVERABLE_POSITION = Error(112, "unrecoverable position")
CONCURRENT_PAGINATION = Error(113, "concurrent pagination", True)


class Unsubscribe(Message, frozen=True):
    """Why the server ends a subscription of a client."""

    code: int
    reason: str

    @property
    def resubscribes(self) -> bool:
        """Whether the client subscribes anew at once."""
        return self.code >= 2500


UNSUBSCRIBED = Unsubscribe(2000, "server unsubscribe")
UNSUBSCRIBED_INSUFFICIENT = Unsubscribe(2500, "insufficient state")
UNSUBSCRIBED_EXPIRED = Unsubscribe(2501, "subscription expired")
UNSUBSCRIBED_INVALIDATED = Unsubscribe(2502, "state invalidated")


class Disconnect(Message, frozen=True):
    """Why a connection is closed, as its close frame says."""

    code: int
    reason: str

    @property
    def reconnects(self) -> bool:
        """Whether the client comes back by itself."""
        is_final = 3500 <= self.code < 4000 or 4500 <= self.code < 5000 or self.code == _MESSAGE_TOO_BIG
        return not is_final


NORMAL = Disconnect(1000, "")
CONNECTION_CLOSED = Disconnect(3000, "connection closed")
SHUTDOWN = Disconnect(3001, "shutdown")
SERVER_ERROR = Disconnect(3004, "internal server error")
EXPIRED = Disconnect(3005, "connection expired")
SUBSCRIPTION_EXPIRED = Disconnect(3006, "subscription expired")
SLOW = Disconnect(3008, "slow")
WRITE_ERROR = Disconnect(3009, "write error")
INSUFFICIENT_STATE = Disconnect(3010, "insufficient state")
FORCE_RECONNECT = Disconnect(3011, "force reconnect")
NO_PONG = Disconnect(3012, "no pong")
TOO_MANY_COMMANDS = Disconnect(3013, "too many requests")
STATE_INVALIDATED = Disconnect(3014, "state invalidated")
INVALID_TOKEN = Disconnect(3500, "invalid token")
BAD_REQUEST_CLOSE = Disconnect(3501, "bad request")
STALE = Disconnect(3502, "stale")
FORCE_NO_RECONNECT = Disconnect(3503, "force no reconnect")
CONNECTION_LIMIT = Disconnect(3504, "connection limit")
CHANNEL_LIMIT = Disconnect(3505, "channel limit")
INAPPROPRIATE_PROTOCOL = Disconnect(3506, "inappropriate protocol")
PERMISSION_DENIED_CLOSE = Disconnect(3507, "permission denied")
NOT_AVAILABLE_CLOSE = Disconnect(3508, "not available")
TOO_MANY_ERRORS = Disconnect(3509, "too many errors")
