"""Codes of the client protocol.

Errors below 400 belong to the protocol. A close code tells the client what to do: 3000-3499 and 4000-4499 mean
reconnect, 3500-3999 and 4500-4999 mean stay away.
"""

from __future__ import annotations

from typing import NamedTuple


class Error(NamedTuple):
    """An error in a reply. A temporary one may be tried again."""

    code: int
    message: str
    temporary: bool = False


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
TOO_MANY_REQUESTS = Error(111, "too many requests", True)


class Disconnect(NamedTuple):
    """Why a connection is closed, as its close frame says."""

    code: int
    reason: str


NORMAL = Disconnect(1000, "")
CONNECTION_CLOSED = Disconnect(3000, "connection closed")
SHUTDOWN = Disconnect(3001, "shutdown")
SERVER_ERROR = Disconnect(3004, "internal server error")
EXPIRED = Disconnect(3005, "connection expired")
SLOW = Disconnect(3008, "slow")
NO_PONG = Disconnect(3012, "no pong")
TOO_MANY_COMMANDS = Disconnect(3013, "too many requests")
INVALID_TOKEN = Disconnect(3500, "invalid token")
BAD_REQUEST_CLOSE = Disconnect(3501, "bad request")
STALE = Disconnect(3502, "stale")
CONNECTION_LIMIT = Disconnect(3504, "connection limit")
INAPPROPRIATE_PROTOCOL = Disconnect(3506, "inappropriate protocol")
