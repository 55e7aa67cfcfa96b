"""Web Push (RFC 8030): requests for the services of browsers, encrypted, and signed for them (VAPID, RFC 8292)."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import orjson

from chatd.outgoing.client import Request
from chatd.outgoing.push.encryption import encrypt
from chatd.outgoing.push.tokens import signed_es256
from chatd.outgoing.targets import origin_of

ANSWER_BYTES: Final = 1024
# How long a service keeps what it cannot deliver yet, and how long a signature is good: at most a day.
KEPT_SECONDS: Final = 24 * 60 * 60
_SIGNED_SECONDS: Final = 12 * 60 * 60


class Subscription(NamedTuple):
    """Where a browser is told, and for which keys."""

    endpoint: str
    key: str
    auth: str


class Sender(NamedTuple):
    """By whom: a key pair, and how its holder is reached (`mailto:` or `https:`), or nothing."""

    private: bytes
    public: str
    contact: str


def web_request(to: Subscription, by: Sender, said: dict[str, Any], tag: str, now: int) -> Request:
    """The request that tells a browser something, at `now`, in seconds. What has the same tag replaces it."""
    claims: dict[str, Any] = {"aud": origin_of(to.endpoint), "exp": now + _SIGNED_SECONDS}
    if by.contact:
        claims["sub"] = by.contact
    headers = (
        ("Authorization", f"vapid t={signed_es256(by.private, claims)}, k={by.public}"),
        ("Content-Type", "application/octet-stream"),
        ("Content-Encoding", "aes128gcm"),
        ("TTL", str(KEPT_SECONDS)),
        ("Urgency", "high"),
        ("Topic", tag),
    )
    return Request(to.endpoint, ANSWER_BYTES, headers, encrypt(orjson.dumps(said), to.key, to.auth))
