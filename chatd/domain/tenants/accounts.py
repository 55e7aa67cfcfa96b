"""Accounts: people who sign in to the web pages.

Each account is also the user with the same id of the application `main`. Passwords arrive here already hashed
(`domain.passwords`), because hashing is slow and these functions run in the writer.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from chatd import events, ids
from chatd.domain.stream import emit
from chatd.domain.tenants import applications
from chatd.domain.users.sessions import end_all
from chatd.errors import AlreadyExists, InvalidCharacter, InvalidSessionToken, InvalidValue, NotFound, TooLong
from chatd.model import Account, AccountSession, Browser, Channel, User
from chatd.store import tables
from chatd.store.transaction import Transaction

OWNER = "owner"
MEMBER = "member"
ROLES = (OWNER, MEMBER)
SESSION_LIFETIME = 30 * 24 * 60 * 60 * 1000

# The channel that every account joins, so that a new team has a place to talk.
LOBBY_URL = "general"
LOBBY_NAME = "General"

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")


def create(txn: Transaction, login: str, password_hash: str, role: str, nickname: str = "") -> Account:
    """A new account and its user. Raises AlreadyExists, InvalidCharacter, InvalidValue, TooLong."""
    login = login.lower()
    if not _LOGIN.fullmatch(login):
        raise InvalidCharacter(
            "A login is 2 to 40 characters of a-z, 0-9, dot, _ and -, and begins with a letter or digit."
        )
    if role not in ROLES:
        raise InvalidValue(f"A role is one of {', '.join(ROLES)}.")
    if len(nickname) > 80:
        raise TooLong("A nickname is at most 80 characters.")
    if txn.get(tables.ACCOUNTS, login) is not None:
        raise AlreadyExists(f'The login "{login}" is taken.')
    main = applications.ensure_main(txn)
    account = Account(login, password_hash, role, main.number, login, txn.now)
    txn.put(tables.ACCOUNTS, login, value=account)
    _enter(txn.bind(main.number), login, nickname or login)
    return account


def find(txn: Transaction, login: str) -> Account | None:
    """The account with a login, in any case of letters."""
    return txn.get(tables.ACCOUNTS, login.lower()) if _LOGIN.fullmatch(login.lower()) else None


def has_user(txn: Transaction, login: str) -> bool:
    """Whether there is a user who an account with this login would be."""
    main = txn.get(tables.APPLICATION_NAMES, applications.MAIN)
    return main is not None and txn.bind(main).get(tables.USER_IDS, login) is not None


def every(txn: Transaction) -> list[Account]:
    """All accounts by login."""
    return [account for _, account in txn.scan(tables.ACCOUNTS)]


def has_owner(txn: Transaction) -> bool:
    """Whether anybody owns this server yet."""
    return any(account.role == OWNER for _, account in txn.scan(tables.ACCOUNTS))


def set_role(txn: Transaction, login: str, role: str) -> None:
    """Make somebody an owner of the server, or a member again. Raises NotFound, InvalidValue."""
    account = find(txn, login)
    if account is None:
        raise NotFound("Account")
    if role not in ROLES:
        raise InvalidValue(f"A role is one of {', '.join(ROLES)}.")
    txn.put(tables.ACCOUNTS, account.login, value=replace(account, role=role))


def set_password(txn: Transaction, login: str, password_hash: str) -> None:
    """Change a password; all of the account's sessions end. Raises NotFound."""
    account = find(txn, login)
    if account is None:
        raise NotFound("Account")
    txn.put(tables.ACCOUNTS, account.login, value=replace(account, password_hash=password_hash))
    _end_sessions(txn, account.login)
    _end_resets(txn, account.login)
    end_chat_sessions(txn, account)


def end_chat_sessions(txn: Transaction, account: Account) -> None:
    """Have all connections of an account end: a browser that is still signed in comes back at once, others cannot."""
    main = txn.bind(account.application)
    user = main.get(tables.USER_IDS, account.user_id)
    if user is not None:
        end_all(main, user)


def forget(txn: Transaction, user_id: str) -> None:
    """Remove the account, if any, that is a user of the transaction's application, with its sessions and roles."""
    account = txn.get(tables.ACCOUNTS, user_id)
    if account is None or account.application != txn.application:
        return
    txn.delete(tables.ACCOUNTS, account.login)
    txn.delete(tables.SECOND_FACTORS, account.login)
    _end_sessions(txn, account.login)
    txn.delete(tables.STARRED, account.login)
    for key, linked in list(txn.scan(tables.IDENTITIES)):
        if linked.login == account.login:
            txn.delete(tables.IDENTITIES, *key)
    _end_resets(txn, account.login)
    for key, _ in list(txn.scan(tables.TEAMS)):
        if key[1] == account.login:
            txn.delete(tables.TEAMS, *key)
    for (digest,), invite in list(txn.scan(tables.INVITES)):
        if invite.invited_by == account.login:
            txn.put(tables.INVITES, digest, value=replace(invite, invited_by=""))


def _end_resets(txn: Transaction, login: str) -> None:
    """No link that was made before chooses a password any more."""
    for (digest,), reset in list(txn.scan(tables.PASSWORD_RESETS)):
        if reset.login == login:
            txn.delete(tables.PASSWORD_RESETS, digest)


def _end_sessions(txn: Transaction, login: str) -> None:
    for (digest,), session in list(txn.scan(tables.ACCOUNT_SESSIONS)):
        if session.login == login:
            txn.delete(tables.ACCOUNT_SESSIONS, digest)


def sign_in(txn: Transaction, login: str, browser: Browser | None = None) -> tuple[str, AccountSession]:
    """A new browser session of an account whose password was verified: its secret and its record."""
    for (digest,), session in list(txn.scan(tables.ACCOUNT_SESSIONS)):
        if session.expires_at <= txn.now:
            txn.delete(tables.ACCOUNT_SESSIONS, digest)
    secret = ids.new_secret()
    session = AccountSession(login, txn.now + SESSION_LIFETIME, browser, txn.now, txn.now)
    txn.put(tables.ACCOUNT_SESSIONS, ids.digest(secret), value=session)
    return secret, session


def sign_out(txn: Transaction, secret: str) -> None:
    """End a browser session; an unknown one is already ended."""
    txn.delete(tables.ACCOUNT_SESSIONS, ids.digest(secret))


def authenticate(txn: Transaction, secret: str) -> Account:
    """The account of a browser session. Raises InvalidSessionToken."""
    session = txn.get(tables.ACCOUNT_SESSIONS, ids.digest(secret))
    account = txn.get(tables.ACCOUNTS, session.login) if session and session.expires_at > ids.now_ms() else None
    if account is None:
        raise InvalidSessionToken("Sign in first.")
    return account


def _enter(txn: Transaction, user_id: str, nickname: str) -> None:
    """Make the account's user, unless there is one, and a member of the lobby."""
    number = txn.get(tables.USER_IDS, user_id)
    if number is None:
        emit(txn, events.UserCreated(User(0, user_id, nickname, "", 0)))
        number = txn.head.sequence
    lobby = txn.get(tables.CHANNEL_URLS, LOBBY_URL)
    if lobby is None:
        channel = Channel(0, LOBBY_URL, LOBBY_NAME, "", "", "", 0, number, is_public=True)
        emit(txn, events.ChannelCreated(channel, (number,), (number,)))
    elif txn.get(tables.MEMBERS, lobby, number) is None:
        emit(txn, events.MemberJoined(lobby, (number,)))
