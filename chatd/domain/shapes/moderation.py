"""What keeping order looks like: acts, reports, settings, permissions. Times are milliseconds."""

from __future__ import annotations

from typing import TypedDict

from chatd.domain.shapes.users import BasicUser


class Act(TypedDict):
    """An act of moderation. `actor` is null unless `actor_type` is `user`; `end_at` is -1 when it has no end."""

    act_id: int
    kind: str
    created_at: int
    actor_type: str
    actor: BasicUser | None
    user: BasicUser | None
    channel_url: str
    message_id: int
    reason: str
    detail: str
    end_at: int


class Acts(TypedDict):
    """A page of acts, the last first."""

    acts: list[Act]
    next: str
