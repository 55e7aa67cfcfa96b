"""Deliveries that were given up. They are kept to be looked at and sent again: what they say is in the log."""

from __future__ import annotations

from typing import Final

from chatd.domain.deliveries.places import Place
from chatd.model import DeadDelivery, Delivery
from chatd.store import tables
from chatd.store.transaction import Transaction

# Of each target; of more the oldest are forgotten.
KEPT: Final = 10_000


def bury(txn: Transaction, place: Place, delivery: Delivery, reason: str) -> None:
    """Keep a delivery that was given up."""
    target, lane, sequence, part = place
    last = next(txn.scan(tables.DEAD_DELIVERIES, target, reverse=True), None)
    number = last[0][1] + 1 if last else 1
    txn.put(tables.DEAD_DELIVERIES, target, number, value=DeadDelivery(lane, sequence, part, delivery, txn.now, reason))
    if number > KEPT:
        txn.delete(tables.DEAD_DELIVERIES, target, number - KEPT)
