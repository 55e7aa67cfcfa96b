"""What happens to messages that are to be sent later; `user` is the sender, 0 for an admin message."""

from __future__ import annotations

from chatd.events.told import OfUser
from chatd.model import Scheduled


class MessageScheduled(OfUser, frozen=True, tag=70):
    """A message is to be sent later; `scheduled.number` is 0 here and is this event's sequence number."""

    scheduled: Scheduled
    req_id: str = ""


class ScheduledChanged(OfUser, frozen=True, tag=71):
    """What is to be sent, or when, changed; `scheduled` is the whole new record, its `edit` that of the change before.

    What the event before held is scrubbed from the log in the same commit.
    """

    scheduled: Scheduled


class ScheduledEnded(OfUser, frozen=True, tag=72):
    """It was `sent` as `message`, has `failed` for a reason, or was `canceled`."""

    number: int
    status: str
    message: int = 0
    reason: str = ""
