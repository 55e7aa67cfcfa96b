"""What Apple is asked to tell a device: headers and a payload of at most 4096 bytes."""

from __future__ import annotations

import uuid
from typing import Any, Final

import orjson

from chatd.model import ApnsProvider
from chatd.outgoing.http2 import Headers
from chatd.outgoing.push.sounds import apple_sound

MAX_PAYLOAD_BYTES: Final = 4096
# How long Apple keeps what it cannot deliver yet.
KEPT_SECONDS: Final = 24 * 60 * 60
_NAMES: Final = uuid.UUID("5d6c1b50-6d2c-4f0e-8a55-2f0d3c3f9a11")


def apns_headers(said: dict[str, Any], topic: str, now: int) -> Headers:
    """Headers at `now`, in seconds. Each attempt has the same id, and the last of a channel replaces those before."""
    return [
        ("apns-topic", topic),
        ("apns-push-type", "alert"),
        ("apns-priority", "10"),
        ("apns-expiration", str(now + KEPT_SECONDS)),
        ("apns-collapse-id", said["tag"]),
        ("apns-id", str(uuid.uuid5(_NAMES, said["notification_id"]))),
    ]


def apns_payload(said: dict[str, Any], provider: ApnsProvider) -> bytes:
    """The payload of a notification. Of a text that is too long, as many characters as there is room for."""
    body = said["body"]
    whole = _payload(said, provider, body)
    if len(whole) <= MAX_PAYLOAD_BYTES:
        return whole
    least, most = 0, len(body)
    while least < most:
        middle = (least + most + 1) // 2
        is_short = len(_payload(said, provider, body[:middle] + "…")) <= MAX_PAYLOAD_BYTES
        least, most = (middle, most) if is_short else (least, middle - 1)
    return _payload(said, provider, body[:least] + "…")


def _payload(said: dict[str, Any], provider: ApnsProvider, body: str) -> bytes:
    aps: dict[str, Any] = {"alert": {"title": said["title"], "body": body}, "thread-id": said["tag"]}
    aps |= apple_sound(said, provider.sound)
    if provider.has_badge:
        aps["badge"] = said["badge"]
    aps |= {"content-available": 1} if provider.is_available else {}
    aps |= {"mutable-content": 1} if provider.is_mutable else {}
    data = {name: value for name, value in said.items() if name not in ("title", "body", "badge")}
    return orjson.dumps({"aps": aps, "data": data})
