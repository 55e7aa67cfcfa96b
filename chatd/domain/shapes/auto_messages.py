"""What the server says by itself."""

from __future__ import annotations

from typing import TypedDict


class AutoMessage(TypedDict):
    """Whether something is said, and what."""

    enabled: bool
    message: str


class AutoMessages(TypedDict):
    """What is said of what happens."""

    user_join: AutoMessage
    user_leave: AutoMessage
    user_invite: AutoMessage
    channel_create: AutoMessage
    channel_change: AutoMessage


class AutoEventMessage(TypedDict):
    """What the server says of what happens in group channels."""

    auto_event_message: AutoMessages
