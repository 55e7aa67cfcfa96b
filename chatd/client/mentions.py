"""Whom messages mention."""

from __future__ import annotations

from chatd.client.schema import Message


def is_mentioned(message: Message, user_id: str) -> bool:
    """Whether a message mentions somebody, by name or with all of a channel."""
    is_named = any(user["user_id"] == user_id for user in message.get("mentioned_users", ()))
    return is_named or message.get("mention_type") == "channel"
