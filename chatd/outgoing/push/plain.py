"""Notifications for URLs: as JSON, as UnifiedPush and programs of one's own take it, and in ntfy's words."""

from __future__ import annotations

from base64 import b64encode
from typing import Any, Final

import orjson

from chatd.outgoing.client import Request

ANSWER_BYTES: Final = 1024


def json_request(url: str, said: dict[str, Any]) -> Request:
    """A request with all that is said of a notification."""
    headers = [("Content-Type", "application/json"), ("TTL", "86400"), ("X-Chatd-Delivery", said["notification_id"])]
    return Request(url, ANSWER_BYTES, (*headers, *_retry(said)), orjson.dumps(said))


def ntfy_request(url: str, said: dict[str, Any]) -> Request:
    """A request with the text as its body and the title as a header, in ASCII (RFC 2047)."""
    title = said["title"]
    if not (title.isascii() and title.isprintable()):
        title = f"=?UTF-8?B?{b64encode(title.encode()).decode()}?="
    headers = [("Content-Type", "text/plain; charset=utf-8"), ("Title", title)]
    headers.append(("X-Chatd-Delivery", said["notification_id"]))
    return Request(url, ANSWER_BYTES, (*headers, *_retry(said)), said["body"].encode())


def _retry(said: dict[str, Any]) -> list[tuple[str, str]]:
    return [("X-Chatd-Retry", str(said["retry"]))] if said["retry"] else []
