"""Users."""

from __future__ import annotations

import msgspec

from chatd.model.record import Record


class Status(Record, frozen=True):
    """What a user says of the moment, until `expires_at` in milliseconds; 0 is until they say otherwise."""

    text: str
    emoji: str = ""
    expires_at: int = 0


class User(Record, frozen=True):
    """A user of an application. A bot is a user for whom a program speaks; it is one for ever."""

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
    is_bot: bool = False
    status: Status | None = None
