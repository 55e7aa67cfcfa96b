"""Requests that say by whom they are: the body is signed with a secret that both sides know."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

import orjson

from chatd.outgoing.client import Request


def signed(url: str, secret: str, body: Mapping[str, Any], limit: int, *headers: tuple[str, str]) -> Request:
    """A request with a JSON body and its HMAC-SHA256; of the answer's body `limit` bytes are read."""
    raw = orjson.dumps(body)
    signature = hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()
    fixed = (
        ("Content-Type", "application/json"),
        ("X-Sendbird-Signature", signature),
        ("X-Chatd-Signature", signature),
    )
    return Request(url, limit, fixed + headers, raw, "SendBird")
