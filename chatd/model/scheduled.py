"""Messages that are to be sent later."""

from __future__ import annotations

from typing import Any

import msgspec

from chatd.model.record import Record

PENDING = "pending"
SENT = "sent"
FAILED = "failed"
CANCELED = "canceled"


class Scheduled(Record, frozen=True):
    """A message to send at `scheduled_at`; `number` is the sequence number of the event that created it.

    `sender` is 0 for an admin message. `params` are those of `messages.send` that are not its defaults, but for who
    sends and who is mentioned. `by_client` says that the sender has asked for it and not a backend. `edit` is the event
    that holds the contents: the last one that changed them. What was sent as `message`, or canceled, has none any more.
    `reason` says why it has failed.
    """

    number: int
    sender: int
    channel: int
    scheduled_at: int
    params: dict[str, Any] = msgspec.field(default_factory=dict)
    mentioned: tuple[int, ...] = ()
    by_client: bool = False
    created_at: int = 0
    updated_at: int = 0
    edit: int = 0
    status: str = PENDING
    message: int = 0
    ended_at: int = 0
    reason: str = ""
