"""What became of deliveries, attempt by attempt: the last ones of each target."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from chatd.domain.deliveries.places import Claimed, Outcome
from chatd.domain.statistics.noting import count_attempt
from chatd.model import DeliveryAttempt
from chatd.model.webhooks import PUSH
from chatd.store import tables
from chatd.store.transaction import Transaction

KEPT: Final = 500


def note_attempt(txn: Transaction, claimed: Claimed, outcome: Outcome) -> None:
    """Add an attempt to the list of its target, and forget the one that is too old."""
    place, delivery = claimed
    attempt = DeliveryAttempt(
        place.sequence,
        place.part,
        delivery.category,
        delivery.attempts,
        outcome.at,
        outcome.milliseconds,
        outcome.status,
        outcome.reason,
    )
    count_attempt(txn, "pushes" if place.target == PUSH else "webhooks", outcome.is_delivered)
    last = next(txn.scan(tables.DELIVERY_ATTEMPTS, place.target, reverse=True), None)
    number = last[0][1] + 1 if last else 1
    txn.put(tables.DELIVERY_ATTEMPTS, place.target, number, value=attempt)
    if number > KEPT:
        txn.delete(tables.DELIVERY_ATTEMPTS, place.target, number - KEPT)


def last_attempts(txn: Transaction, target: int, limit: int) -> Iterator[DeliveryAttempt]:
    """The last attempts, the newest first."""
    for _, attempt in islice(txn.scan(tables.DELIVERY_ATTEMPTS, target, reverse=True), limit):
        yield attempt
