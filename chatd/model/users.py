"""Users."""

from __future__ import annotations

import msgspec

from chatd.model.record import Record


class User(Record, frozen=True):
    """A user of an application."""

    number: int
    user_id: str
    nickname: str
    profile_url: str
    created_at: int
    metadata: dict[str, str] = msgspec.field(default_factory=dict)
    is_active: bool = True
    has_ever_logged_in: bool = False
    preferred_languages: tuple[str, ...] = ()
    discovery_keys: tuple[str, ...] = ()
