"""Where users are found beside their ids: by nickname, by what is said of them, by what they are."""

from __future__ import annotations

from typing import Any, Final

from chatd.ids import digest
from chatd.model import User
from chatd.store import tables
from chatd.store.names import folded
from chatd.store.table import Table

# A value of metadata is found by so many of its first characters: keys of the store are short.
BEGINNING: Final = 100

Place = tuple[Table[None], tuple[Any, ...]]


def places(user: User) -> set[Place]:
    """The rows by which a user who was not deleted is found."""
    number = user.number
    found: set[Place] = {(tables.USER_NAMES, (folded(user.nickname), number))}
    for key, value in user.metadata.items():
        found.add((tables.USER_ITEMS, (metadata_key(key), value_place(value), number)))
    for key in user.discovery_keys:
        found.add((tables.USER_ITEMS, (discovery_key(key), "", number)))
    if not user.is_active:
        found.add((tables.INACTIVE_USERS, (user.user_id, number)))
    if user.is_bot:
        found.add((tables.BOT_IDS, (user.user_id, number)))
    if user.status is not None and user.status.expires_at:
        found.add((tables.STATUS_ENDS, (user.status.expires_at, number)))
    return found


def metadata_key(key: str) -> bytes:
    """By what users are found who have an item of metadata."""
    return digest(f"metadata:{key}")


def discovery_key(key: str) -> bytes:
    """By what users are found who have a discovery key."""
    return digest(f"discovery:{key}")


def value_place(value: str) -> str:
    """Where a value of metadata stands among others."""
    return value[:BEGINNING].replace("\0", " ")
