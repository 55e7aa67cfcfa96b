"""Pages of lists: opaque tokens that name the place where the next page begins."""

from __future__ import annotations

import base64
import binascii
from typing import Any

import msgspec

from chatd.errors import InvalidValue


class Page:
    """A page under construction.

    `start` is the key at which to begin (None: at the beginning), `items` collects up to `limit` entries, and
    `next` is the token of the page after this one, empty when there is none.
    """

    def __init__(self, token: str, limit: int, key: tuple[type, ...]) -> None:
        self.start = _decode(token, key) if token else None
        self.limit = limit
        self.items: list[Any] = []
        self.next = ""

    def add(self, key: tuple[Any, ...], item: Any) -> bool:
        """Add an entry. False when the page was full: `key` then begins the next one."""
        if len(self.items) == self.limit:
            self.next = _encode(key)
            return False
        self.items.append(item)
        return True

    def cut(self, key: tuple[Any, ...]) -> None:
        """End the page before it is full: `key` begins the next one."""
        self.next = _encode(key)


def _encode(key: tuple[Any, ...]) -> str:
    return base64.urlsafe_b64encode(msgspec.msgpack.encode(key)).decode().rstrip("=")


def _decode(token: str, key: tuple[type, ...]) -> tuple[Any, ...]:
    try:
        packed = base64.urlsafe_b64decode(token.encode() + b"=" * (-len(token) % 4))
        return msgspec.msgpack.decode(packed, type=tuple[key])  # type: ignore[valid-type]
    except (binascii.Error, ValueError, msgspec.MsgspecError):
        raise InvalidValue('"token" is not a page token of this list.') from None
