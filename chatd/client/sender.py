"""Who sent a message."""

from __future__ import annotations

from chatd.client.schema import Message


def sender_of(message: Message) -> str:
    """Their user_id; "" when nobody did, but the server or a backend."""
    return message["user"]["user_id"] if "user" in message else ""
