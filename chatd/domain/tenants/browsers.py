"""The browsers in which an account is signed in: to look at, and to sign out from elsewhere."""

from __future__ import annotations

from typing import NamedTuple

from msgspec.structs import replace

from chatd import ids
from chatd.domain.tenants import accounts
from chatd.errors import NotFound
from chatd.model import AccountSession
from chatd.store import tables
from chatd.store.transaction import Transaction

# A browser asks for a token at least once an hour; noting each time would be a write for nothing.
NOTED_EVERY = 10 * 60 * 1000


class SignedIn(NamedTuple):
    """A session of an account. `session_id` names it, and is no secret: nobody signs in with it."""

    session_id: str
    session: AccountSession
    is_current: bool


def every(txn: Transaction, secret: str) -> list[SignedIn]:
    """All sessions of the account whose browser has this secret, the last seen first. Raises InvalidSessionToken."""
    login, own = accounts.authenticate(txn, secret).login, ids.digest(secret)
    found = [
        SignedIn(_name(digest), session, digest == own)
        for (digest,), session in txn.scan(tables.ACCOUNT_SESSIONS)
        if session.login == login and session.expires_at > ids.now_ms()
    ]
    return sorted(found, key=lambda each: (not each.is_current, -each.session.seen_at))


def end(txn: Transaction, secret: str, session_id: str) -> None:
    """Sign one browser of the caller's account out. Raises InvalidSessionToken, NotFound."""
    _end(txn, secret, {session_id})


def end_others(txn: Transaction, secret: str) -> None:
    """Sign all browsers of the caller's account out but the one that asks. Raises InvalidSessionToken."""
    others = {each.session_id for each in every(txn, secret) if not each.is_current}
    if others:
        _end(txn, secret, others)


def touch(txn: Transaction, secret: str) -> None:
    """Note that a browser is in use; an unknown one is passed over."""
    digest = ids.digest(secret)
    session = txn.get(tables.ACCOUNT_SESSIONS, digest)
    if session is not None and session.seen_at < txn.now - NOTED_EVERY:
        txn.put(tables.ACCOUNT_SESSIONS, digest, value=replace(session, seen_at=txn.now))


def _end(txn: Transaction, secret: str, session_ids: set[str]) -> None:
    account = accounts.authenticate(txn, secret)
    ended = [
        digest
        for (digest,), session in txn.scan(tables.ACCOUNT_SESSIONS)
        if session.login == account.login and _name(digest) in session_ids
    ]
    if not ended:
        raise NotFound("Session")
    for digest in ended:
        txn.delete(tables.ACCOUNT_SESSIONS, digest)
    accounts.end_chat_sessions(txn, account)


def _name(digest: bytes) -> str:
    return digest[:8].hex()
