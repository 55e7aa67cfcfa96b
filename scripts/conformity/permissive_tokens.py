"""Signed tokens of a test server: JSON Web Tokens (RFC 7519) with HMAC and SHA-256."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any

SECRET = b"secret"


class InvalidToken(Exception):
    """It was not made by who knows the secret."""


def claims(token: str) -> dict[str, Any]:
    """What a token says. Raises InvalidToken."""
    head, _, signature = token.rpartition(".")
    right = hmac.digest(SECRET, head.encode(), hashlib.sha256)
    try:
        if not hmac.compare_digest(_decoded(signature), right):
            raise InvalidToken("wrong signature")
        header, body = (json.loads(_decoded(part)) for part in head.split("."))
    except ValueError as error:
        raise InvalidToken(str(error)) from None
    if header.get("alg") != "HS256":
        raise InvalidToken("another algorithm")
    found: dict[str, Any] = body
    return found


def _decoded(part: str) -> bytes:
    return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
