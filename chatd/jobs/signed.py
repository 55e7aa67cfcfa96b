"""Requests that say by whom they are: the body is signed with a secret that both sides know."""

from __future__ import annotations

import hashlib
import hmac
from typing import Final

import orjson

from chatd.domain.webhooks.planning import Prepared
from chatd.outgoing.client import Request

# Of the answer so much is read, and nothing of it is used but the status.
ANSWER_BYTES: Final = 1024


def signed(prepared: Prepared, attempt: int) -> Request:
    """The request of a delivery. One that the receiver may know already says so: `x-chatd-retry`."""
    body = orjson.dumps(prepared.body)
    signature = hmac.new(prepared.secret.encode(), body, hashlib.sha256).hexdigest()
    headers = [
        ("Content-Type", "application/json"),
        ("X-Sendbird-Signature", signature),
        ("X-Chatd-Signature", signature),
        ("X-Chatd-Delivery", prepared.delivery_id),
    ]
    if attempt > 1:
        headers.append(("X-Chatd-Retry", str(attempt - 1)))
    return Request(prepared.url, ANSWER_BYTES, tuple(headers), body, "SendBird")
