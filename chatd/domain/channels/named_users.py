"""Users as requests about members name them."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from msgspec import Meta

from chatd.domain.fields import UserId
from chatd.errors import InvalidValue, MissingParameter, TooManyItems
from chatd.store import tables
from chatd.store.transaction import Transaction

AT_ONCE: Final = 100

NamedUsers = tuple[dict[str, Any], ...]
Status = Literal["joined", "invited_by_friend", "invited_by_non_friend"]
Statuses = Annotated[dict[UserId, Status], Meta(max_length=AT_ONCE)]


def named(user_ids: tuple[str, ...], users: NamedUsers) -> list[str]:
    """The ids in the two forms that requests have. Raises TooManyItems and InvalidValue."""
    found = [*user_ids, *(_user_id(user) for user in users)]
    if len(found) > AT_ONCE:
        raise TooManyItems(f'"user_ids" must have no more than {AT_ONCE} items.')
    return found


def required(user_ids: tuple[str, ...], users: NamedUsers) -> list[str]:
    """The ids, of which there must be one."""
    found = named(user_ids, users)
    if not found:
        raise MissingParameter("user_ids")
    return found


def known(txn: Transaction, user_id: str, strict: bool) -> int:
    """The number of a user; 0 for an unknown one, which is InvalidValue when `strict`."""
    number = txn.get(tables.USER_IDS, user_id)
    if number is None and strict:
        raise InvalidValue(f'User "{user_id}" does not exist.')
    return number or 0


def _user_id(user: dict[str, Any]) -> str:
    user_id = user.get("user_id")
    if not isinstance(user_id, str) or not 0 < len(user_id) <= 80 or "\0" in user_id:
        raise InvalidValue('Each of "users" must have a "user_id".')
    return user_id
