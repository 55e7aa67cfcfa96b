"""Targets that are gone: what became of deliveries to them is of no use to anybody."""

from __future__ import annotations

from chatd.store import tables
from chatd.store.transaction import Transaction


def forget_target(txn: Transaction, target: int) -> None:
    """Forget what a target was told and was not. What still waits, the job drops when its turn comes."""
    for attempt in [key for key, _ in txn.scan(tables.DELIVERY_ATTEMPTS, target)]:
        txn.delete(tables.DELIVERY_ATTEMPTS, *attempt)
    for dead in [key for key, _ in txn.scan(tables.DEAD_DELIVERIES, target)]:
        txn.delete(tables.DEAD_DELIVERIES, *dead)
