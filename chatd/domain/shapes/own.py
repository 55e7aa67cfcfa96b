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


class ThreadState(TypedDict):
    """How a thread stands, whether the caller follows it, and how many replies they have not read, up to 100."""

    channel_url: str
    message_id: int
    thread_info: ThreadInfo
    is_followed: bool
    unread_reply_count: int


class FollowedThread(ThreadState):
    """A thread as its follower sees it: what began it, and how it stands."""

    parent_message: Message


class FollowedThreads(TypedDict):
    """A page of threads, those with the newest replies first."""

    threads: list[FollowedThread]
    next: str
