"""What a user's own devices are told of what the user keeps."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from chatd.domain.shapes.own import Draft
from chatd.domain.shapes.scheduled import ScheduledMessage


class DraftChanged(TypedDict):
    """A draft is this now; removed when `message` and `data` are empty. To the own devices."""

    type: Literal["draft.changed"]
    draft: Draft


class MessageSaved(TypedDict):
    """A message was put aside, or is so no more. To the own devices."""

    type: Literal["message.saved", "message.unsaved"]
    channel_url: str
    message_id: int
    updated_at: int


class ThreadFollowed(TypedDict):
    """The thread that this message began is followed, or no more. To the own devices."""

    type: Literal["thread.followed", "thread.unfollowed"]
    channel_url: str
    message_id: int


class ThreadRead(TypedDict):
    """A thread was read up to a reply, and so many are still unread. To the own devices."""

    type: Literal["thread.read"]
    channel_url: str
    message_id: int
    read_ts: int
    reply_id: int
    unread_reply_count: int


class ScheduledMessageChanged(TypedDict):
    """A message was scheduled, or what is to be sent has changed. To the own devices."""

    type: Literal["scheduled_message.created", "scheduled_message.updated"]
    scheduled_message: ScheduledMessage


class ScheduledMessageEnded(TypedDict):
    """A scheduled message was sent as `message_id`, has failed for a `reason`, or was canceled. To the own devices."""

    type: Literal["scheduled_message.sent", "scheduled_message.failed", "scheduled_message.canceled"]
    scheduled_message_id: int
    message_id: NotRequired[int]
    reason: NotRequired[str]
