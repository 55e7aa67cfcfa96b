"""Where reports are found: in the log, by an index of whom and what they concern, and who made one of what."""

from __future__ import annotations

from chatd import events
from chatd.domain.fold.dispatch import apply
from chatd.model import ReportState
from chatd.store import tables
from chatd.store.transaction import Transaction


@apply.register
def _(event: events.ReportMade, txn: Transaction, sequence: int, time: int) -> None:
    txn.put(tables.REPORTERS, event.reporter, event.target, value=sequence)
    for scope in {0, event.reporter, event.target, event.offender, event.channel}:
        txn.put(tables.REPORTS, scope, sequence)


@apply.register
def _(event: events.ReportsMoved, txn: Transaction, sequence: int, time: int) -> None:
    for report in event.reports:
        if event.status == "open":
            txn.delete(tables.REPORT_STATES, report)
        else:
            txn.put(tables.REPORT_STATES, report, value=ReportState(event.status, time))
