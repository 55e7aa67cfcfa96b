"""Tokens by which Apple knows who asks: each is used for 40 minutes. Apple takes them for an hour.

Apple refuses who makes a new one more often than every 20 minutes.
"""

from __future__ import annotations

from typing import Final

from chatd.model import ApnsProvider
from chatd.outgoing.push.tokens import signed_es256

USED_SECONDS: Final = 40 * 60
# So long a token is not made anew, whatever is said of it.
LEAST_SECONDS: Final = 20 * 60
_MAX_KEYS: Final = 1000

_Key = tuple[str, str, bytes]


class ProviderTokens:
    """The last token of each key, and when it was made; times are seconds."""

    def __init__(self) -> None:
        self._made: dict[_Key, tuple[str, float]] = {}
        self._refused_at: dict[_Key, float] = {}

    def token(self, provider: ApnsProvider, now: float) -> str:
        """The token for a key, made now if there is none or it is old."""
        key = _key(provider)
        found = self._made.get(key)
        # A clock that was set back makes a token of the future.
        if found is not None and 0 <= now - found[1] < USED_SECONDS:
            return found[0]
        if len(self._made) >= _MAX_KEYS:
            self._made.clear()
            self._refused_at.clear()
        token = signed_es256(provider.private, {"iss": provider.team_id, "iat": int(now)}, provider.key_id)
        self._made[key] = (token, now)
        return token

    def refuse(self, provider: ApnsProvider, token: str, now: float) -> bool:
        """Apple says that a token is too old. Whether there is, or may be made, another one."""
        key = _key(provider)
        if key in self._made and self._made[key][0] != token:
            return True
        if abs(now - self._refused_at.get(key, -LEAST_SECONDS)) < LEAST_SECONDS:
            return False
        self._made.pop(key, None)
        self._refused_at[key] = now
        return True


def _key(provider: ApnsProvider) -> _Key:
    return provider.team_id, provider.key_id, provider.private
