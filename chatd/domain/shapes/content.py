"""What hangs on messages: meta, pins, polls. Times of polls are seconds, as the Platform API has it."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from chatd.domain.shapes.messages import Message, MetaItem
from chatd.domain.shapes.users import BasicUser


class MetaArray(TypedDict):
    """The sorted meta array of a message."""

    sorted_metaarray: list[MetaItem]


class PinnedMessage(TypedDict):
    """A message, when it was pinned in milliseconds, and by whom, empty for a backend."""

    message: Message
    pinned_at: int
    user_id: str


class PinnedMessages(TypedDict):
    """The pinned messages of a channel, those pinned first first."""

    pinned_messages: list[PinnedMessage]


class PollOption(TypedDict):
    """Something to choose."""

    id: int
    poll_id: int
    text: str
    vote_count: int
    created_by: str
    created_at: int
    updated_at: int
    partial_voter_list: NotRequired[list[BasicUser]]


class Poll(TypedDict):
    """A poll; `status` is `open` or `closed`. `voted_option_ids` is the choice of who asks."""

    id: int
    title: str
    status: str
    close_at: int
    created_at: int
    updated_at: int
    message_id: int
    channel_url: str
    data: dict[str, str]
    allow_user_suggestion: bool
    allow_multiple_votes: bool
    is_anonymous: bool
    voter_count: int
    created_by: str
    options: list[PollOption]
    voted_option_ids: NotRequired[list[int]]


class Polls(TypedDict):
    """A page of polls, the newest first."""

    polls: list[Poll]
    next: str


class Voters(TypedDict):
    """A page of those who voted for an option."""

    vote_count: int
    voters: list[BasicUser]
    next: str
