"""Invites: one-time links with which people make their accounts."""

from __future__ import annotations

from chatd import ids
from chatd.domain.tenants import accounts
from chatd.errors import AlreadyExists, InvalidValue, NotFound
from chatd.model import Account, Invite
from chatd.store import tables
from chatd.store.transaction import Transaction

# Who invites the first owner. No login has a space.
FIRST_START = "the first start"
LIFETIME = 7 * 24 * 60 * 60 * 1000


def create(txn: Transaction, role: str, invited_by: str, login: str = "") -> tuple[str, Invite]:
    """A new invite: its secret, which is not kept, and its record. `invited_by` is a login, "" for the operator.

    With `login` it is for somebody who is to have this one, also when the user of that name is there.
    """
    if role not in accounts.ROLES:
        raise InvalidValue(f"A role is one of {', '.join(accounts.ROLES)}.")
    secret = ids.new_secret()
    invite = Invite(role, invited_by, txn.now + LIFETIME, login.lower())
    txn.put(tables.INVITES, ids.digest(secret), value=invite)
    return secret, invite


def view(txn: Transaction, secret: str) -> Invite:
    """The invite behind a secret. Raises NotFound for a used, expired or unknown one."""
    invite = txn.get(tables.INVITES, ids.digest(secret))
    if invite is None or invite.expires_at <= ids.now_ms():
        raise NotFound("Invite")
    return invite


def accept(txn: Transaction, secret: str, login: str, nickname: str, password_hash: str) -> Account:
    """Use an invite up: the account that it was for. Raises NotFound and what `accounts.create` raises.

    An account is the user of the same name. So nobody gets that of a user who is there, who has moved in or was made by
    a backend, but by an invite for it.
    """
    invite = view(txn, secret)
    if invite.login and invite.login != login.lower():
        raise InvalidValue(f'This invite is for the login "{invite.login}".')
    if not invite.login and accounts.has_user(txn, login.lower()):
        raise AlreadyExists(f'The login "{login.lower()}" is taken.')
    txn.delete(tables.INVITES, ids.digest(secret))
    return accounts.create(txn, login, password_hash, invite.role, nickname)


def for_first_owner(txn: Transaction) -> str | None:
    """The secret of a new owner invite while nobody owns the server, else None. Earlier ones end with it."""
    if accounts.has_owner(txn):
        return None
    for (digest,), invite in list(txn.scan(tables.INVITES)):
        if invite.role == accounts.OWNER and invite.invited_by == FIRST_START:
            txn.delete(tables.INVITES, digest)
    return create(txn, accounts.OWNER, FIRST_START)[0]
