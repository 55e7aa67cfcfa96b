"""Passwords of accounts, hashed with argon2id. Both functions are slow by intent: call them in a thread."""

from __future__ import annotations

import argon2
from argon2.exceptions import InvalidHashError, VerificationError

from chatd.errors import InvalidValue

MIN_LENGTH = 8
MAX_LENGTH = 256

# One thread for each hash: several would take the processors away from everything else.
_hasher = argon2.PasswordHasher(parallelism=1)


def hash_password(password: str) -> str:
    """The argon2id hash of a password, with its salt and costs. Raises InvalidValue for a bad length."""
    if not MIN_LENGTH <= len(password) <= MAX_LENGTH:
        raise InvalidValue(f"A password has {MIN_LENGTH} to {MAX_LENGTH} characters.")
    return _hasher.hash(password.encode("utf-8", "surrogatepass"))


def verify_password(password_hash: str | None, password: str) -> bool:
    """Whether `password` made `password_hash`; None stands for an unknown login and takes as long."""
    secret = password[:MAX_LENGTH].encode("utf-8", "surrogatepass")
    if password_hash is None:
        # Made and thrown away, so that the answer takes as long as for a known login.
        _hasher.hash(secret)
        return False
    try:
        return _hasher.verify(password_hash, secret)
    except (VerificationError, InvalidHashError):
        return False
