"""What a reaction may be called."""

from __future__ import annotations

from typing import Annotated, Final

from msgspec import Meta

from chatd.errors import TooLong

# A key is part of a key of the store, which has at most 511 bytes.
MAX_KEY_BYTES: Final = 480

Key = Annotated[str, Meta(min_length=1, max_length=192, pattern=r"^[^\x00]+\Z")]


def check_key(name: str, key: str) -> None:
    """Raise TooLong, naming the parameter, when the store could not hold a key."""
    if len(key.encode()) > MAX_KEY_BYTES:
        raise TooLong(f'"{name}" must be no longer than {MAX_KEY_BYTES} bytes.')
