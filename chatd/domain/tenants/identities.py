"""Accounts of those who sign in with an OpenID Connect provider."""

from __future__ import annotations

import re
import unicodedata
from itertools import count
from typing import NamedTuple

from chatd import ids
from chatd.domain.tenants import accounts
from chatd.errors import Forbidden
from chatd.model import Account, Identity, LinkedIdentity
from chatd.store import tables
from chatd.store.transaction import Transaction

# Nothing hashes to it: such an account has no password until somebody resets it.
NO_PASSWORD = ""
MAX_NICKNAME = 80


class Rules(NamedTuple):
    """Who gets in: with a verified address of one of some domains, when there are any; what becomes of who is new."""

    allowed_domains: tuple[str, ...]
    create_accounts: bool
    link_by_email: bool


def enter(txn: Transaction, identity: Identity, rules: Rules) -> Account:
    """The account of a person, linked or made when the rules allow it. Raises Forbidden.

    Once linked, the provider's subject alone decides: addresses are given to others in the course of time.
    """
    local, _, domain = identity.email.lower().rpartition("@")
    if rules.allowed_domains and domain not in rules.allowed_domains:
        raise Forbidden("Your address does not belong to this team.")
    key = ids.digest(f"{identity.issuer}\n{identity.subject}")
    linked = txn.get(tables.IDENTITIES, key)
    if linked is not None:
        return txn.require(tables.ACCOUNTS, linked.login)
    account = _owned(txn, local) if rules.link_by_email and rules.allowed_domains and local else None
    if account is None:
        account = _made(txn, identity, local, rules)
    txn.put(tables.IDENTITIES, key, value=LinkedIdentity(account.login, txn.now))
    return account


def _owned(txn: Transaction, login: str) -> Account | None:
    """The account with a login, unless somebody has it already: there may be one of the name in each domain."""
    account = accounts.find(txn, login)
    if account is not None and any(linked.login == account.login for _, linked in txn.scan(tables.IDENTITIES)):
        return None
    return account


def _made(txn: Transaction, identity: Identity, local: str, rules: Rules) -> Account:
    if not rules.create_accounts:
        raise Forbidden("You have no account here. Ask for an invite.")
    login = _free(txn, _login_from(local or identity.name))
    nickname = (identity.name or login)[:MAX_NICKNAME]
    return accounts.create(txn, login, NO_PASSWORD, accounts.MEMBER, nickname)


def _login_from(text: str) -> str:
    plain = unicodedata.normalize("NFD", text).encode("ascii", "ignore").decode().lower()
    allowed = re.sub(r"[^a-z0-9._-]+", ".", plain).strip("._-")[:32]
    return allowed if len(allowed) >= 2 else "user"


def _free(txn: Transaction, login: str) -> str:
    """This login, or with a number behind it the first that no account and no user has."""
    for number in count(1):
        candidate = login if number == 1 else f"{login}{number}"
        if accounts.find(txn, candidate) is None and not accounts.has_user(txn, candidate):
            return candidate
    raise AssertionError
