"""Naming custom types: what commands about mutes, bans and operators of types take."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from chatd.domain.fold.filters import type_key
from chatd.errors import NotFound
from chatd.store import tables
from chatd.store.transaction import Transaction

TypeName = Annotated[str, Meta(min_length=1, max_length=128)]
TypeNames = Annotated[tuple[TypeName, ...], Meta(min_length=1, max_length=100)]


def check_known(txn: Transaction, custom_type: str, *, on_demand: bool) -> None:
    """Raise NotFound for a custom type without settings of its own, unless it need not have any."""
    if not on_demand and txn.get(tables.MODERATION, type_key(custom_type)) is None:
        raise NotFound("Custom type")


def is_user(txn: Transaction, number: int) -> bool:
    """Whether a user is not deleted. Of one who was, sanctions are removed a little later."""
    return txn.get(tables.USER_IDS, txn.require(tables.USERS, number).user_id) == number
