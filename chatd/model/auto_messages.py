"""What the server says of what happens in group channels."""

from __future__ import annotations

from chatd.model.record import Record


class AutoMessage(Record, frozen=True):
    """Whether something is said, and what; without a text that which is said by default."""

    is_enabled: bool = False
    text: str = ""


class AutoMessages(Record, frozen=True):
    """What is said of what happens in group channels, by what it is."""

    user_join: AutoMessage = AutoMessage()
    user_leave: AutoMessage = AutoMessage()
    user_invite: AutoMessage = AutoMessage()
    channel_create: AutoMessage = AutoMessage()
    channel_change: AutoMessage = AutoMessage()
