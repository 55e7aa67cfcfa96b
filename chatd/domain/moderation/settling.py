"""What becomes of reports: they are open until somebody has resolved or dismissed them."""

from __future__ import annotations

from itertools import islice
from typing import Final, Literal

from chatd import events
from chatd.domain import shapes
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import MessageId
from chatd.domain.moderation.audit import About, ActKind, note_act
from chatd.domain.moderation.reports import find_report, report_at
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import NOBODY
from chatd.domain.stream import note
from chatd.model import Actor
from chatd.store import tables
from chatd.store.transaction import Transaction

Status = Literal["open", "resolved", "dismissed"]

# So many reports of one thing get a status at once; who has to settle more calls again.
AT_ONCE: Final = 100
# They are looked for among so many: those of the thing itself, and those that have to do with it.
LOOKED_AT: Final = 10_000

_ACTS: Final[dict[Status, ActKind]] = {
    "open": "report.reopened",
    "resolved": "report.resolved",
    "dismissed": "report.dismissed",
}


class Update(Input, frozen=True):
    """What has become of a report, and with `with_same` of all others of the same thing that have its status.

    When it has the new status already, the others are those that are still open: so who calls again settles more.
    """

    report_id: MessageId
    report_status: Status
    with_same: bool = False


@command(
    "reports.update",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"report_id": "$report", "report_status": "dismissed", "with_same": True},
    result=shapes.SettledReport,
)
def update(txn: Transaction, actor: Actor, input: Update) -> Resource:
    """Resolve a report, when something was done about it, dismiss it, or open it again. It stays in the lists.

    `remaining` says how many of the same are left for another call.
    """
    report = find_report(txn, input.report_id)
    before = status_of(txn, input.report_id)
    first = [] if before == input.report_status else [input.report_id]
    wanted = before if first else "open"
    same: list[int] = []
    if input.with_same and wanted != input.report_status:
        same = [each for each in _same(txn, report, wanted) if each != input.report_id]
    if moved := (*first, *same[:AT_ONCE]):
        note(txn, events.ReportsMoved(moved, input.report_status))
        message_id = report.target if report.report_type == "message" else 0
        note_act(txn, actor, _ACTS[input.report_status], None, About(report.offender, message_id))
    return report_at(txn, input.report_id) | {"remaining": len(same[AT_ONCE:])}


def status_of(txn: Transaction, report: int) -> Status:
    """What has become of a report, by its number."""
    state = txn.get(tables.REPORT_STATES, report)
    return "open" if state is None else state.status  # type: ignore[return-value]


def _same(txn: Transaction, report: events.ReportMade, status: Status) -> list[int]:
    """Reports of the same thing that have a status, the last first."""
    found: list[int] = []
    kind = (report.report_type, report.target)
    for (_, sequence), _ in islice(txn.scan(tables.REPORTS, report.target, reverse=True), LOOKED_AT):
        other = find_report(txn, sequence)
        if (other.report_type, other.target) == kind and status_of(txn, sequence) == status:
            found.append(sequence)
    return found
