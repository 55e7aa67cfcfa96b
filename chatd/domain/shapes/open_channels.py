"""Open channels and who is in them."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from chatd.domain.shapes.users import BasicUser


class OpenChannel(TypedDict):
    """An open channel; `participant_count` is how many users are in it now."""

    channel_url: str
    name: str
    cover_url: str
    custom_type: str
    data: str
    created_at: int
    participant_count: NotRequired[int]
    max_length_message: int
    is_ephemeral: bool
    is_dynamic_partitioned: bool
    freeze: bool
    slow_mode_seconds: int
    operators: list[BasicUser]
    metadata: NotRequired[dict[str, str]]


class OpenChannels(TypedDict):
    """A page of open channels; `ts` is the time of the server."""

    channels: list[OpenChannel]
    next: str
    ts: int


class Participants(TypedDict):
    """A page of the users in an open channel."""

    participants: list[BasicUser]
    next: str
