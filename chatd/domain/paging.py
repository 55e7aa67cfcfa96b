"""Pages of lists: opaque tokens that name the place where the next page begins."""

from __future__ import annotations

import base64
import binascii
from typing import Any, Final

import msgspec

from chatd.errors import InvalidValue
from chatd.store.keys import DIGEST

# Bytes of a text in a key; with it there is room for the rest of one.
MAX_TEXT: Final = 400


class Page:
    """A page under construction.

    `start` is the key at which to begin (None: at the beginning), `items` collects up to `limit` entries, and
    `next` is the token of the page after this one, empty when there is none. `is_stored`: keys are those of a table.
    """

    def __init__(self, token: str, limit: int, key: tuple[type, ...], *, is_stored: bool = True) -> None:
        self.start = key_of(token, key, is_stored=is_stored) if token else None
        self.limit = limit
        self.items: list[Any] = []
        self.next = ""

    def add(self, key: tuple[Any, ...], item: Any) -> bool:
        """Add an entry. False when the page was full: `key` then begins the next one."""
        if len(self.items) == self.limit:
            self.cut(key)
            return False
        self.items.append(item)
        return True

    def cut(self, key: tuple[Any, ...]) -> None:
        """End the page before it is full: `key` begins the next one."""
        self.next = token_of(key)


def token_of(key: tuple[Any, ...]) -> str:
    """The token that names a key."""
    return base64.urlsafe_b64encode(msgspec.msgpack.encode(key)).decode().rstrip("=")


def key_of(token: str, key: tuple[type, ...], *, is_stored: bool = True) -> tuple[Any, ...]:
    """The key of a shape that a token names; when it `is_stored`, one that a table can have. Raises InvalidValue."""
    found: tuple[Any, ...] = ()
    try:
        packed = base64.urlsafe_b64decode(token.encode() + b"=" * (-len(token) % 4))
        found = msgspec.msgpack.decode(packed, type=tuple[key])  # type: ignore[valid-type]
    except (binascii.Error, ValueError, msgspec.MsgspecError):
        pass
    if not found or (is_stored and not all(map(_may_be_in_a_key, found))):
        raise InvalidValue('"token" is not a page token of this list.')
    return found


def _may_be_in_a_key(part: Any) -> bool:
    """Whether a part of a token is one that `chatd.store.keys` can pack: whoever asks may have made it up."""
    if isinstance(part, int):
        return part >= 0
    if isinstance(part, bytes):
        return len(part) == DIGEST
    return "\0" not in part and len(part.encode()) <= MAX_TEXT
