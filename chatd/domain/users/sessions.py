"""Sessions: a client's right to act as a user, carried by a token."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from chatd import ids
from chatd.domain import shapes
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import Milliseconds, UserId
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import NOBODY
from chatd.domain.stream import revoke_sessions
from chatd.domain.users.people import active_user, find_user
from chatd.errors import InvalidSessionToken, NotFound, OutOfRange, SessionExpired
from chatd.model import Actor, Session, User
from chatd.store import tables
from chatd.store.transaction import Transaction

DAY = 24 * 60 * 60 * 1000
DEFAULT_LIFETIME = 7 * DAY
# A user keeps this many sessions; issuing one more ends the one that expires first.
MAX_SESSIONS = 100


class Issue(Input, frozen=True):
    """A session token for `user_id`, valid until `expires_at` (default: seven days from now)."""

    user_id: UserId
    expires_at: Milliseconds = 0


class Revoke(Input, frozen=True):
    """The end of all sessions of `user_id`, or of the one with a token."""

    user_id: UserId
    token: Annotated[str, Meta(max_length=1000)] = ""


@command(
    "sessions.issue",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"user_id": "member"},
    is_idempotent=False,
    result=shapes.Token,
)
def issue(txn: Transaction, actor: Actor, input: Issue) -> Resource:
    """A new session token; the secret is returned once and stored hashed."""
    user = active_user(txn, input.user_id)
    expires_at = input.expires_at or txn.now + DEFAULT_LIFETIME
    if expires_at <= txn.now:
        raise OutOfRange('"expires_at" must be in the future, in milliseconds.')
    secret, session = begin(txn, user, expires_at)
    return {"user_id": user.user_id, "token": secret, "expires_at": session.expires_at}


@command(
    "sessions.revoke",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"user_id": "member"},
    is_idempotent=False,
    result=shapes.Empty,
)
def revoke(txn: Transaction, actor: Actor, input: Revoke) -> Resource:
    """End sessions of a user and close their connections. NotFound when the token is of no session of theirs."""
    user = find_user(txn, input.user_id).number
    if not input.token:
        end_all(txn, user)
        return {}
    digest = ids.digest(input.token)
    session = txn.get(tables.SESSIONS, digest)
    if session is None or (session.application, session.user) != (txn.application, user):
        raise NotFound("Session token")
    _forget(txn, user, digest)
    revoke_sessions(txn, user, session.expires_at)
    return {}


def begin(txn: Transaction, user: User, expires_at: int, *, is_visitor: bool = False) -> tuple[str, Session]:
    """A new session and its token; it may expire some milliseconds later, so that no two do at once."""
    _make_room(txn, user.number)
    taken = expiries(txn, user.number)
    while expires_at in taken:
        expires_at += 1
    secret = ids.new_secret()
    session = Session(txn.application, user.number, user.user_id, expires_at, is_visitor)
    txn.put(tables.SESSIONS, ids.digest(secret), value=session)
    txn.put(tables.USER_SESSIONS, user.number, ids.digest(secret))
    return secret, session


def end_all(txn: Transaction, user: int) -> None:
    """Forget every session of a user and have their connections closed after the commit."""
    for (_, digest), _ in list(txn.scan(tables.USER_SESSIONS, user)):
        _forget(txn, user, digest)
    revoke_sessions(txn, user)


def expiries(txn: Transaction, user: int) -> set[int]:
    """When the sessions of a user expire. No two do so in the same millisecond: connections know theirs by it."""
    return {txn.require(tables.SESSIONS, digest).expires_at for (_, digest), _ in txn.scan(tables.USER_SESSIONS, user)}


def authenticate(txn: Transaction, secret: str) -> Session:
    """The session behind a token. Raises InvalidSessionToken for an unknown one, SessionExpired for an old one.

    The caller reads in the application of the answer; sessions are found server-wide.
    """
    session = txn.get(tables.SESSIONS, ids.digest(secret))
    if session is None or txn.get(tables.APPLICATIONS, session.application) is None:
        raise InvalidSessionToken("The session token is not valid.")
    if session.expires_at <= ids.now_ms():
        raise SessionExpired("The session token has expired.")
    return session


def _make_room(txn: Transaction, user: int) -> None:
    """Expired sessions are kept within the limit: their holder is told to renew, not that the token is unknown."""
    digests = [key[1] for key, _ in txn.scan(tables.USER_SESSIONS, user)]
    held = sorted((txn.require(tables.SESSIONS, digest).expires_at, digest) for digest in digests)
    for _, digest in held[: max(0, len(held) - MAX_SESSIONS + 1)]:
        _forget(txn, user, digest)


def _forget(txn: Transaction, user: int, digest: bytes) -> None:
    txn.delete(tables.SESSIONS, digest)
    txn.delete(tables.USER_SESSIONS, user, digest)
