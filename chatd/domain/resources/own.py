"""What users keep for themselves, as it looks from outside."""

from __future__ import annotations

from chatd.domain.resources.resource import Resource
from chatd.model import Draft


def draft_resource(channel_url: str, parent: int, draft: Draft) -> Resource:
    """A draft."""
    return {
        "channel_url": channel_url,
        "parent_message_id": parent,
        "message": draft.text,
        "data": draft.data,
        "updated_at": draft.updated_at,
    }
