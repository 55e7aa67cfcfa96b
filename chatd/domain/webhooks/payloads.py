"""What a webhook is told of an event: one payload for each part of it. What the log no longer holds is not in there."""

from __future__ import annotations

from functools import singledispatch
from typing import NamedTuple

from chatd import events
from chatd.domain.resources.resource import Resource
from chatd.model import Webhook
from chatd.store.transaction import Transaction


class Telling(NamedTuple):
    """How to tell an event of the log: as which category, and what the webhook wants in it."""

    category: str
    sequence: int
    time: int
    webhook: Webhook


@singledispatch
def payload(event: events.Event, txn: Transaction, telling: Telling) -> Resource:
    """What is told of an event besides its category and application."""
    raise TypeError(f"no payload for {type(event).__name__}")
