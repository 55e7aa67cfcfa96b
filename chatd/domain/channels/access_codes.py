"""What joining a public channel may take: a code that its operators give away. Only a keyed hash is kept."""

from __future__ import annotations

import hmac
import secrets
from typing import Annotated

from msgspec import Meta

from chatd.errors import Forbidden
from chatd.model import Channel

AccessCode = Annotated[str, Meta(max_length=190)]

_KEY_SIZE = 16


def hashed(code: str) -> bytes:
    """A code's hash behind the key that it was made with; nothing for no code."""
    if not code:
        return b""
    key = secrets.token_bytes(_KEY_SIZE)
    return key + hmac.digest(key, code.encode(), "sha256")


def check_access_code(channel: Channel, code: str) -> None:
    """Raise Forbidden when joining takes a code, and it is another one."""
    key, expected = channel.access_code[:_KEY_SIZE], channel.access_code[_KEY_SIZE:]
    if expected and not hmac.compare_digest(hmac.digest(key, code.encode(), "sha256"), expected):
        raise Forbidden("The access code is wrong.")
