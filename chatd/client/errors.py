"""The errors of the server, by name. Made by scripts/reference of the command table. Do not edit."""

from __future__ import annotations

from chatd.client.failures import Refused


class AlreadyExists(Refused):
    """An identifier is taken."""

    codes = (502, 400202)


class Banned(Refused):
    """The user may not be in the channel for some time."""

    codes = (1050, 400750)


class Blocked(Refused):
    """Of two users who alone are in a direct channel one has blocked the other."""

    codes = (1000, 400700)


class ExpiredToken(Refused):
    """What a token names cannot be gone on from: load anew."""

    codes = (409, 400109)


class Forbidden(Refused):
    """The caller is known but has no right to this."""

    codes = (408, 400108)


class IncompatibleValues(Refused):
    """Two parameters contradict each other."""

    codes = (412, 400112)


class Internal(Refused):
    """A bug, or a state that must not happen; logged with its traceback."""

    codes = (100, 500901)


class InvalidApiToken(Refused):
    """An API token is unknown or revoked."""

    codes = (701, 400401)


class InvalidCharacter(Refused):
    """An identifier is empty or has characters that are not allowed."""

    codes = (451, 400151)


class InvalidEndpoint(Refused):
    """No such operation."""

    codes = (704, 400404)


class InvalidForm(Refused):
    """A request body is not the multipart form that it says it is."""

    codes = (703, 400403)


InvalidJson = InvalidForm


class InvalidSessionToken(Refused):
    """A session token is unknown, expired or revoked."""

    codes = (603, 400303)


class InvalidUrl(Refused):
    """A path names no resource."""

    codes = (414, 400114)


class InvalidValue(Refused):
    """A value is not one of those allowed."""

    codes = (411, 400111)


class InvitesBlocked(Refused):
    """A user invites somebody whom they have blocked."""

    codes = (1001, 400701)


class InvitesBlocker(Refused):
    """A user invites somebody who has blocked them."""

    codes = (1002, 400702)


class LimitExceeded(Refused):
    """A client has as much of something as it may have."""

    codes = (106, 400203)


MessageBlocked = Blocked


class MissingParameter(Refused):
    """A required parameter is absent."""

    codes = (405, 400105)


class Muted(Refused):
    """The user may not write in the channel for some time. The number is ours: the Platform API has none."""

    codes = (1060, 400760)


class NegativeNumber(Refused):
    """A number that must not be negative is."""

    codes = (406, 400106)


class NotFound(Refused):
    """The entity does not exist, or the caller may not know that it does."""

    codes = (501, 400201)


class OutOfRange(Refused):
    """A number lies outside its range."""

    codes = (413, 400113)


OutgoingFailed = Internal


OutgoingRefused = Internal


Overloaded = Internal


class RateLimited(Refused):
    """Too many calls; `retry_after` seconds tell when the next may pass.

    Where it is `limit` calls a second, `reset_after` seconds without a call give back all of them."""

    codes = (111, 500910)


SearchFailed = Internal


class SecondFactorRequired(Refused):
    """The password is right, and the account needs a code too."""

    codes = (604, 400304)


SessionExpired = InvalidSessionToken


StorageFailed = Internal


TooLarge = InvalidForm


class TooLong(Refused):
    """A text is longer than its limit."""

    codes = (410, 400110)


class TooManyItems(Refused):
    """A list is longer than its limit."""

    codes = (503, 400203)


class Unacceptable(Refused):
    """A combination that makes no sense, or a state in which this cannot be done."""

    codes = (1220, 400920)


Unavailable = Internal


class UserDeactivated(Refused):
    """The user exists but is deactivated."""

    codes = (600, 400300)


class UserNotFound(Refused):
    """The acting user does not exist."""

    codes = (601, 400301)


WrongCode = InvalidValue


class WrongType(Refused):
    """A parameter has the wrong JSON type; `expected` is string, number, list, object or boolean."""

    codes = (400, 401, 402, 403, 404, 400100, 400101, 400102, 400103, 400104)
