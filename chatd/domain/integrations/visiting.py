"""Visitors of a site, who have no account: each gets a user, and a channel with those who answer there."""

from __future__ import annotations

import secrets
from typing import Final, NamedTuple

from chatd.domain.channels import creating
from chatd.domain.messages import messages
from chatd.domain.users import sessions, users
from chatd.domain.users.people import find_user
from chatd.errors import Forbidden, InvalidSessionToken
from chatd.model import Actor, User
from chatd.store import tables
from chatd.store.transaction import Transaction

# How ids of visitors begin, each also the URL of their channel; and its custom type, by which rules tell them apart.
VISITOR: Final = "visitor"
LIFETIME: Final = 30 * sessions.DAY
# A session that lives so long yet goes on; other visitors get a new one.
ENOUGH: Final = 7 * sessions.DAY


class Reception(NamedTuple):
    """Who answers visitors, by user id, and what each new one reads first; nothing when it is empty."""

    hosts: tuple[str, ...]
    welcome: str


class Visit(NamedTuple):
    """A visitor's session token, valid until `expires_at` (Unix milliseconds), and the URL of their channel."""

    token: str
    expires_at: int
    channel_url: str


def enter(txn: Transaction, reception: Reception, nickname: str) -> Visit:
    """Make a user and their channel. Raises Forbidden when nobody answers."""
    user_id = f"{VISITOR}-{secrets.token_hex(8)}"
    users.create.function(txn, _backend(txn), users.create.parse({"user_id": user_id, "nickname": nickname}))
    user = find_user(txn, user_id)
    _open_channel(txn, reception, user)
    secret, session = sessions.begin(txn, user, txn.now + LIFETIME, is_visitor=True)
    return Visit(secret, session.expires_at, user.user_id)


def come_back(txn: Transaction, reception: Reception, token: str) -> Visit:
    """A visitor who was here. When their channel is gone they get a new one.

    Raises InvalidSessionToken for a token that is not theirs, SessionExpired, Forbidden when nobody answers.
    """
    session = sessions.authenticate(txn, token)
    if not session.is_visitor or session.application != txn.application:
        raise InvalidSessionToken("The session token is no visitor's.")
    user = find_user(txn, session.user_id)
    channel_url = session.user_id
    if txn.get(tables.CHANNEL_URLS, channel_url) is None:
        _open_channel(txn, reception, user)
    if session.expires_at - txn.now > ENOUGH:
        return Visit(token, session.expires_at, channel_url)
    secret, session = sessions.begin(txn, user, txn.now + LIFETIME, is_visitor=True)
    return Visit(secret, session.expires_at, channel_url)


def _open_channel(txn: Transaction, reception: Reception, user: User) -> None:
    hosts = tuple(host for host in reception.hosts if txn.get(tables.USER_IDS, host) is not None)
    if not hosts:
        raise Forbidden("Nobody answers visitors here.")
    asked = creating.Create(
        channel_url=user.user_id,
        name=user.nickname,
        custom_type=VISITOR,
        user_ids=(user.user_id, *hosts),
        operator_ids=hosts,
    )
    creating.create.function(txn, _backend(txn), asked)
    if reception.welcome:
        welcome = messages.Send(channel_url=user.user_id, message_type="ADMM", message=reception.welcome)
        messages.send.function(txn, _backend(txn), welcome)


def _backend(txn: Transaction) -> Actor:
    return Actor(txn.application, None, None)
