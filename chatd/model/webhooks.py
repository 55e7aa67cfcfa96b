"""What other servers are told of an application: to which address, and what is on its way there.

A *target* is whom to tell: 0 is the webhook of the application. A *lane* is what has to arrive in order: the number of
a channel or of a user.
"""

from __future__ import annotations

from chatd.model.record import Record


class Webhook(Record, frozen=True):
    """Where an application wants to be told of what, from event `since` of its log on. `secret` signs it."""

    url: str = ""
    is_enabled: bool = False
    events: tuple[str, ...] = ()
    include_members: bool = False
    include_unread_count: bool = False
    secret: str = ""
    since: int = 0


class Delivery(Record, frozen=True):
    """Something to tell a target: in which words is made from the log when it is sent. `attempts` were begun."""

    category: str
    queued_at: int
    attempts: int = 0


class Lane(Record, frozen=True):
    """When the first delivery of a lane is to be sent, and how often in a row it has failed."""

    due_at: int
    failures: int = 0


class DeadDelivery(Record, frozen=True):
    """A delivery that was given up at `ended_at`, and why."""

    lane: int
    sequence: int
    part: int
    delivery: Delivery
    ended_at: int
    reason: str


class DeliveryAttempt(Record, frozen=True):
    """What became of one attempt: the status of the answer, or 0 and why there was none.

    `sequence` and `part` name the delivery. Times are Unix milliseconds, and how long it took.
    """

    sequence: int
    part: int
    category: str
    attempt: int
    at: int
    milliseconds: int
    status: int
    reason: str = ""
