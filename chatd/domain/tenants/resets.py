"""Resets of passwords: one-time links with which somebody who has forgotten theirs chooses a new one."""

from __future__ import annotations

from chatd import ids
from chatd.domain.tenants import accounts
from chatd.errors import NotFound
from chatd.model import Account, PasswordReset
from chatd.store import tables
from chatd.store.transaction import Transaction

LIFETIME = 24 * 60 * 60 * 1000


def create(txn: Transaction, login: str) -> tuple[str, PasswordReset]:
    """A new link's secret, which is not kept, and its record; earlier ones for the account end. Raises NotFound."""
    account = accounts.find(txn, login)
    if account is None:
        raise NotFound("Account")
    for (digest,), reset in list(txn.scan(tables.PASSWORD_RESETS)):
        if reset.login == account.login or reset.expires_at <= txn.now:
            txn.delete(tables.PASSWORD_RESETS, digest)
    secret = ids.new_secret()
    made = PasswordReset(account.login, txn.now + LIFETIME)
    txn.put(tables.PASSWORD_RESETS, ids.digest(secret), value=made)
    return secret, made


def view(txn: Transaction, secret: str) -> PasswordReset:
    """What a secret is for. Raises NotFound for a used, expired or unknown one."""
    reset = txn.get(tables.PASSWORD_RESETS, ids.digest(secret))
    if reset is None or reset.expires_at <= ids.now_ms():
        raise NotFound("Reset")
    return reset


def use(txn: Transaction, secret: str, password_hash: str) -> Account:
    """Use a secret up: the account has the new password, and all its sessions have ended. Raises NotFound."""
    reset = view(txn, secret)
    txn.delete(tables.PASSWORD_RESETS, ids.digest(secret))
    accounts.set_password(txn, reset.login, password_hash)
    return txn.require(tables.ACCOUNTS, reset.login)
