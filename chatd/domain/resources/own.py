"""What users keep for themselves, as it looks from outside."""

from __future__ import annotations

from typing import TypedDict

from chatd.domain.resources.resource import Resource
from chatd.model import Draft


class DraftResource(TypedDict):
    """What was begun in a channel, or in the thread of `parent_message_id`; `updated_at` in milliseconds."""

    channel_url: str
    parent_message_id: int
    message: str
    data: str
    updated_at: int


class SavedMessage(TypedDict):
    """A message that was put aside, and when, in milliseconds."""

    message: Resource
    saved_at: int


class FollowedThread(TypedDict):
    """A thread as its follower sees it: what began it, how it stands, and up to 100 replies that are not read."""

    channel_url: str
    message_id: int
    parent_message: Resource
    thread_info: Resource
    is_followed: bool
    unread_reply_count: int


def draft_resource(channel_url: str, parent: int, draft: Draft) -> DraftResource:
    """A draft."""
    return {
        "channel_url": channel_url,
        "parent_message_id": parent,
        "message": draft.text,
        "data": draft.data,
        "updated_at": draft.updated_at,
    }
