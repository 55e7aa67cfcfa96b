"""Finding users: by id, by number, and the one on whose behalf a call is made."""

from __future__ import annotations

from chatd.errors import (
    AlreadyExists,
    Forbidden,
    InvalidValue,
    MissingParameter,
    NotFound,
    Unacceptable,
    UserDeactivated,
    UserNotFound,
)
from chatd.model import Actor, User
from chatd.store import tables
from chatd.store.transaction import Transaction

# As parts of a path they mean another place, and clients of HTTP resolve them before they ask.
NO_IDS = frozenset({".", ".."})


def find_user(txn: Transaction, user_id: str) -> User:
    """The user with an id, active or not. Raises NotFound."""
    number = txn.get(tables.USER_IDS, user_id)
    if number is None:
        raise NotFound("User")
    return txn.require(tables.USERS, number)


def active_user(txn: Transaction, user_id: str) -> User:
    """The user with an id. Raises NotFound, or UserDeactivated."""
    user = find_user(txn, user_id)
    if not user.is_active:
        raise UserDeactivated(f'User "{user_id}" is deactivated.')
    return user


def check_new_id(txn: Transaction, name: str, user_id: str) -> None:
    """Raise InvalidValue when no user may have this id from now on, and AlreadyExists when one has it."""
    if user_id in NO_IDS:
        raise InvalidValue(f'"{name}" is neither "." nor "..": paths cannot hold these.')
    if txn.get(tables.USER_IDS, user_id) is not None:
        raise AlreadyExists(f'"{name}" violates unique constraint.')


def check_no_owner(txn: Transaction, user_id: str) -> None:
    """Raise Unacceptable when this user owns the server: to delete them would take its owner's account away."""
    account = txn.get(tables.ACCOUNTS, user_id)
    if account is not None and account.application == txn.application and account.role == "owner":
        raise Unacceptable(f'"{user_id}" owns this server; "chatd account set-role" makes them a member first.')


def acting_user(txn: Transaction, actor: Actor, user_id: str = "") -> User:
    """The user for whom a call is made: the client itself, or the one whom a backend names.

    Raises Forbidden when a client names somebody else, MissingParameter when a backend names nobody.
    """
    if actor.user is None:
        if not user_id:
            raise MissingParameter("user_id")
        return active_user(txn, user_id)
    if user_id not in ("", actor.user_id):
        raise Forbidden("Clients act for themselves only.")
    user = txn.get(tables.USERS, actor.user)
    if user is None or txn.get(tables.USER_IDS, user.user_id) != user.number:
        raise UserNotFound("The user does not exist any more.")
    if not user.is_active:
        raise UserDeactivated("The user is deactivated.")
    return user


def acting(txn: Transaction, actor: Actor, user_id: str = "") -> Actor:
    """The user for whom a call is made, as the one who makes it. Raises as `acting_user`."""
    user = acting_user(txn, actor, user_id)
    return Actor(actor.application, user.number, user.user_id, actor.connection)
