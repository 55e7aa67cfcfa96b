"""Every error that chatd raises on purpose, as one tree.

    ChatdError
    ├── RequestError            the caller's fault; nothing was changed
    │   ├── WrongType           (400100 string, 400101 number, 400102 list, 400103 object, 400104 boolean)
    │   ├── MissingParameter, NegativeNumber, Forbidden, ExpiredToken, TooLong, InvalidValue, IncompatibleValues,
    │   │   OutOfRange, InvalidCharacter, InvalidUrl, InvalidJson, InvalidForm, InvalidEndpoint
    │   ├── NotFound, AlreadyExists, TooManyItems, LimitExceeded
    │   ├── UserDeactivated, UserNotFound, InvalidSessionToken, InvalidApiToken
    │   ├── TooLarge, Unacceptable
    │   ├── MessageBlocked      (what was noted of it is kept)
    │   └── RateLimited
    ├── ServerError             our fault; the caller may try again
    │   ├── Internal
    │   ├── Overloaded          a bounded queue is full
    │   ├── StorageFailed       the disk refused; nothing of this call was kept
    │   ├── SearchFailed        the search index cannot answer now
    │   └── OutgoingFailed      another server was asked, and did not answer as it should
    │       ├── OutgoingRefused     an address that this server does not ask
    │       └── Unavailable         nobody is there to be asked: the operator has named none
    ├── StartError              the process cannot start: configuration or store files
    └── BrokenExport            what was to be imported cannot be; nothing was changed

An error has a stable `code` (the Platform API's number), an HTTP `status`, and from both follows `rpc_code`,
the number that client-protocol SDKs see. Anything else that escapes a command is a bug.
"""

from __future__ import annotations

from typing import ClassVar

# Client-protocol error codes 400-1999 belong to the application. Platform API codes 400100-400999 are moved
# into that range by a constant, so both numbers can be told from each other at sight: 400201 is 501.
RPC_CODE_OFFSET = 399_700
RPC_INTERNAL = 100
RPC_LIMIT_EXCEEDED = 106
RPC_TOO_MANY_REQUESTS = 111


class ChatdError(Exception):
    """Root of the tree. `message` is written for the person who made the call."""

    code: int = 500901
    status: int = 500
    temporary: ClassVar[bool] = False
    # What a command wrote before it raised this is kept, and told.
    keeps: ClassVar[bool] = False

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    @property
    def rpc_code(self) -> int:
        """The code on the client protocol, 400-1299 for request errors."""
        if 400_100 <= self.code <= 400_999:
            return self.code - RPC_CODE_OFFSET
        return RPC_INTERNAL


class RequestError(ChatdError):
    """The caller's fault: nothing was changed, unless it `keeps` that, and the same call will fail again."""

    code = 400111
    status = 400


class WrongType(RequestError):
    """A parameter has the wrong JSON type; `expected` is string, number, list, object or boolean."""

    codes: ClassVar[dict[str, int]] = {
        "string": 400100,
        "number": 400101,
        "list": 400102,
        "object": 400103,
        "boolean": 400104,
    }

    def __init__(self, parameter: str, expected: str) -> None:
        super().__init__(f'"{parameter}" must be a {expected}.')
        self.code = self.codes[expected]


class MissingParameter(RequestError):
    """A required parameter is absent."""

    code = 400105

    def __init__(self, parameter: str) -> None:
        super().__init__(f'"{parameter}" must be required.')


class NegativeNumber(RequestError):
    """A number that must not be negative is."""

    code = 400106


class Forbidden(RequestError):
    """The caller is known but has no right to this."""

    code = 400108


class Muted(Forbidden):
    """The user may not write in the channel for some time. The number is ours: the Platform API has none."""

    code = 400760


class Blocked(Forbidden):
    """Of two users who alone are in a direct channel one has blocked the other."""

    code = 400700


class InvitesBlocked(Blocked):
    """A user invites somebody whom they have blocked."""

    code = 400701


class InvitesBlocker(Blocked):
    """A user invites somebody who has blocked them."""

    code = 400702


class Banned(Forbidden):
    """The user may not be in the channel for some time."""

    code = 400750


class ExpiredToken(RequestError):
    """What a token names cannot be gone on from: load anew."""

    code = 400109


class TooLong(RequestError):
    """A text is longer than its limit."""

    code = 400110


class InvalidValue(RequestError):
    """A value is not one of those allowed."""

    code = 400111


class IncompatibleValues(RequestError):
    """Two parameters contradict each other."""

    code = 400112


class OutOfRange(RequestError):
    """A number lies outside its range."""

    code = 400113


class InvalidUrl(RequestError):
    """A path names no resource."""

    code = 400114


class InvalidCharacter(RequestError):
    """An identifier is empty or has characters that are not allowed."""

    code = 400151


class NotFound(RequestError):
    """The entity does not exist, or the caller may not know that it does."""

    code = 400201

    def __init__(self, entity: str) -> None:
        super().__init__(f'"{entity}" not found.')


class AlreadyExists(RequestError):
    """An identifier is taken."""

    code = 400202


class TooManyItems(RequestError):
    """A list is longer than its limit."""

    code = 400203


class LimitExceeded(RequestError):
    """A client has as much of something as it may have."""

    code = 400203

    @property
    def rpc_code(self) -> int:
        return RPC_LIMIT_EXCEEDED


class UserDeactivated(RequestError):
    """The user exists but is deactivated."""

    code = 400300


class UserNotFound(RequestError):
    """The acting user does not exist."""

    code = 400301


class InvalidSessionToken(RequestError):
    """A session token is unknown, expired or revoked."""

    code = 400303
    status = 401


class SessionExpired(InvalidSessionToken):
    """A session token was valid once; the client should fetch a new one."""


class SecondFactorRequired(RequestError):
    """The password is right, and the account needs a code too."""

    code = 400304


class WrongCode(RequestError):
    """A code of a second factor is wrong. That it was tried is counted."""

    code = 400111
    keeps = True


class MessageBlocked(RequestError):
    """A filter does not let a message through; the message says why. That it was so is counted."""

    code = 400700
    keeps = True


class InvalidApiToken(RequestError):
    """An API token is unknown or revoked."""

    code = 400401


class InvalidJson(RequestError):
    """A request body is not a JSON object."""

    code = 400403


class InvalidForm(RequestError):
    """A request body is not the multipart form that it says it is."""

    code = 400403


class TooLarge(RequestError):
    """A request body is larger than the server takes."""

    code = 400403
    status = 413


class InvalidEndpoint(RequestError):
    """No such operation."""

    code = 400404


class Unacceptable(RequestError):
    """A combination that makes no sense, or a state in which this cannot be done."""

    code = 400920


class RateLimited(RequestError):
    """Too many calls; `retry_after` seconds tell when the next may pass.

    Where it is `limit` calls a second, `reset_after` seconds without a call give back all of them.
    """

    code = 500910
    status = 429
    temporary = True

    def __init__(self, message: str, retry_after: float, limit: int = 0, reset_after: int = 0) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        self.limit = limit
        self.reset_after = reset_after

    @property
    def rpc_code(self) -> int:
        return RPC_TOO_MANY_REQUESTS


class ServerError(ChatdError):
    """Our fault; trying again later may help."""

    temporary = True


class Internal(ServerError):
    """A bug, or a state that must not happen; logged with its traceback."""

    code = 500901


class Overloaded(ServerError):
    """A bounded queue is full; nothing was started."""

    code = 500901
    status = 503


class StorageFailed(ServerError):
    """The disk refused the commit; nothing of this call was kept."""

    code = 500901
    status = 503


class SearchFailed(ServerError):
    """The search index is being made, is damaged, or the disk refuses it. Nothing else is affected."""

    code = 500901
    status = 503


class OutgoingFailed(ServerError):
    """Another server could not be reached, did not answer in time, or answered what is of no use."""

    code = 500901
    status = 503


class OutgoingRefused(OutgoingFailed):
    """An address that this server does not ask: not of the public internet, or not of the web."""


class Unavailable(OutgoingFailed):
    """What another server would have to do, and the operator has named none."""


class StartError(ChatdError):
    """The process cannot start; the message says what to change."""


class BrokenExport(ChatdError):
    """What was to be imported is not what it should be; the message says in which file and line."""
