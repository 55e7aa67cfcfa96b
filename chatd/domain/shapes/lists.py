"""What members and clients learn of lists: what is hidden, how many there are, what has changed."""

from __future__ import annotations

from typing import TypedDict

from chatd.domain.shapes.channels import GroupChannel
from chatd.domain.shapes.messages import Message


class MessageOffset(TypedDict):
    """What was sent up to here, in milliseconds, is not seen any more."""

    ts_message_offset: int


class ChannelCount(TypedDict):
    """How many channels."""

    group_channel_count: int


class ChannelChanges(TypedDict):
    """Channels that have changed, and the URLs of those that are the user's no more."""

    updated: list[GroupChannel]
    deleted: list[str]
    has_more: bool
    next: str


class Place(TypedDict):
    """A place among the messages of a channel: by time, and then by id."""

    created_at: int
    message_id: int


class MessageChanges(TypedDict):
    """Messages that are new or have changed, and the ids of those that are gone; also all up to `expired` are."""

    updated: list[Message]
    deleted: list[int]
    expired: Place | None
    has_more: bool
    next: str
