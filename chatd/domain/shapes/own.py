"""What users keep for themselves."""

from __future__ import annotations

from typing import TypedDict

from chatd.domain.shapes.messages import Message, ThreadInfo


class Draft(TypedDict):
    """What was begun in a channel, or in the thread of `parent_message_id`; `updated_at` in milliseconds."""

    channel_url: str
    parent_message_id: int
    message: str
    data: str
    updated_at: int


class Drafts(TypedDict):
    """A page of drafts."""

    drafts: list[Draft]
    next: str


class SavedMessage(TypedDict):
    """A message that was put aside, and when, in milliseconds."""

    message: Message
    saved_at: int


class SavedMessages(TypedDict):
    """A page of messages that were put aside, the last first."""

    saved: list[SavedMessage]
    next: str


class FollowedThread(TypedDict):
    """A thread as its follower sees it: what began it, how it stands, and how many replies are not read, up to 100."""

    channel_url: str
    message_id: int
    parent_message: Message
    thread_info: ThreadInfo
    is_followed: bool
    unread_reply_count: int


class FollowedThreads(TypedDict):
    """A page of threads, those with the newest replies first."""

    threads: list[FollowedThread]
    next: str
