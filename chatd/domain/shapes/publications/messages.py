"""What is told of messages."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from chatd.domain.shapes.messages import Message, ThreadInfo


class MessageCreated(TypedDict):
    """A message was sent; for a reply `thread_info` is that of its parent. The sender is told too.

    With `leaves_unread` the sender has not read the channel by sending it.
    """

    type: Literal["message.created"]
    channel_url: str
    message: Message
    thread_info: NotRequired[ThreadInfo]
    leaves_unread: NotRequired[bool]


class MessageUpdated(TypedDict):
    """A message was edited, or given smaller pictures or a preview: this is what it is now."""

    type: Literal["message.updated"]
    channel_url: str
    message: Message


class MessageDeleted(TypedDict):
    """A message is gone; for a reply `thread_info` is that of its parent."""

    type: Literal["message.deleted"]
    channel_url: str
    message_id: int
    parent_message_id: NotRequired[int]
    thread_info: NotRequired[ThreadInfo]


class MessagesExpired(TypedDict):
    """This message and all before it, by time and then by id, are gone: their time was over."""

    type: Literal["messages.expired"]
    channel_url: str
    message_id: int
    created_at: int


class MessagesErased(TypedDict):
    """These messages are gone for good: their time was over, or their sender was forgotten."""

    type: Literal["messages.erased"]
    channel_url: str
    message_ids: list[int]


class MessagesSkipped(TypedDict):
    """So many messages were sent faster than an open channel shows them. To those in it; recovery brings all."""

    type: Literal["messages.skipped"]
    channel_url: str
    first_message_id: int
    last_message_id: int
    count: int


class ReactionChanged(TypedDict):
    """Somebody has reacted to a message, or has taken that back."""

    type: Literal["reaction.added", "reaction.removed"]
    channel_url: str
    message_id: int
    reaction: str
    user_id: str
    updated_at: int


class MessagePinned(TypedDict):
    """A message was pinned or unpinned, by `user_id` unless a backend did it; and the pins of the channel now."""

    type: Literal["message.pinned", "message.unpinned"]
    channel_url: str
    message_id: int
    user_id: NotRequired[str]
    pinned_message_ids: list[int]
    latest_pinned_message: Message | None
