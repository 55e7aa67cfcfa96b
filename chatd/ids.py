"""Identifiers, secrets and their hashes."""

from __future__ import annotations

import hashlib
import secrets
import time

SECRET_BYTES = 32


def now_ms() -> int:
    """Unix time in milliseconds."""
    return time.time_ns() // 1_000_000


def new_secret() -> str:
    """A token with 256 random bits, safe in URLs and headers."""
    return secrets.token_urlsafe(SECRET_BYTES)


def digest(secret: str) -> bytes:
    """SHA-256 of a secret, 32 bytes: what is stored in its place.

    A secret with 256 random bits needs no slow hash; passwords do and get one (`domain.accounts`).
    """
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()


def new_application_id() -> str:
    """A public application id: 32 upper-case hexadecimal digits in the usual five groups."""
    text = secrets.token_hex(16).upper()
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def new_channel_url() -> str:
    """A channel URL for a channel that was created without one; 46 characters of [a-z0-9_]."""
    return f"group_channel_{secrets.token_hex(16)}"


def new_epoch() -> str:
    """The id of a log: 16 hexadecimal digits, new for a new log and after a restore."""
    return secrets.token_hex(8)
