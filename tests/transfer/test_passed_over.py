"""An import tells nobody once more of what happened elsewhere."""

from __future__ import annotations

from chatd.store import tables
from tests.transfer.test_export import Moving, imported, moving

__all__ = ["moving"]


def test_webhooks_and_bots_are_told_of_what_comes_after(moving: Moving) -> None:
    made = imported(moving.other, moving.directory / "export")
    told, last = moving.other.read(made.number, lambda txn: (txn.get(tables.DELIVERIES_MADE), txn.head.sequence))
    assert told == last > 0
