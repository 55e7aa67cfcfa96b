"""Looking at reports: backends at all, operators at those of messages in their channels, but not at who made them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from chatd import events
from chatd.domain import shapes
from chatd.domain.channels.access import operates, posting_channel
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import MessageId, OptionalChannelUrl, OptionalUserId
from chatd.domain.moderation.looking import Between, latest, latest_settled
from chatd.domain.moderation.reports import Category, find_report, report_at
from chatd.domain.moderation.settling import Status, status_of
from chatd.domain.paging import Page
from chatd.domain.resources.reports import report_resource
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import NOBODY, OPERATORS
from chatd.domain.users.people import find_user
from chatd.errors import Forbidden
from chatd.events import LogEntry
from chatd.model import Actor
from chatd.store import tables
from chatd.store.transaction import Transaction


class List(Between, frozen=True):
    """A page of reports; filters combine. An operator names a channel."""

    report_type: Literal["message", "user", "channel"] | None = None
    report_category: Category | None = None
    report_status: Status | None = None
    reporting_user_id: OptionalUserId = ""
    offending_user_id: OptionalUserId = ""
    channel_url: OptionalChannelUrl = ""
    message_id: MessageId = 0


class View(Input, frozen=True):
    """One report."""

    report_id: MessageId


@command(
    "reports.list",
    Right.BOTH,
    Kind.SCAN,
    roles=OPERATORS,
    example={"channel_url": "garden", "report_type": "message", "limit": 50},
    result=shapes.Reports,
)
def list_reports(txn: Transaction, actor: Actor, input: List) -> Resource:
    """Reports. A page of a narrow filter may have fewer than `limit`, or none, and still a `next`."""
    filters = _Filters(txn, actor, input)
    page = input.page()
    for sequence, entry in _found(txn, filters.scope, page, input):
        shown = _shown(txn, actor, input, filters, sequence, entry)
        if shown is not None and not page.add((sequence,), shown):
            break
    return {"report_logs": page.items, "next": page.next}


@command("reports.view", Right.BACKEND, Kind.READ, roles=NOBODY, example={"report_id": "$report"}, result=shapes.Report)
def view(txn: Transaction, actor: Actor, input: View) -> Resource:
    """One report."""
    find_report(txn, input.report_id)
    return report_at(txn, input.report_id)


def _found(txn: Transaction, scope: int, page: Page, input: List) -> Iterator[tuple[int, LogEntry]]:
    """Where to look: what became of a report is known without looking at it."""
    status = input.report_status

    def is_wanted(report: int) -> bool:
        return status is None or status_of(txn, report) == status

    if not scope and status in ("resolved", "dismissed"):
        return latest_settled(txn, page, input, is_wanted)
    return latest(txn, tables.REPORTS, scope, page, input, is_wanted)


class _Filters:
    """Which reports are wanted. `scope` is a number that all of them have, under which they are looked for."""

    def __init__(self, txn: Transaction, actor: Actor, input: List) -> None:
        self._input = input
        self._reporter = find_user(txn, input.reporting_user_id).number if input.reporting_user_id else 0
        self._offender = find_user(txn, input.offending_user_id).number if input.offending_user_id else 0
        self._channel = _channel(txn, actor, input)
        self._judge = actor.user or 0
        self.scope = input.message_id or self._offender or self._reporter or self._channel

    def pass_(self, report: events.ReportMade) -> bool:
        input = self._input
        return (
            input.report_type in (None, report.report_type)
            and input.report_category in (None, report.category)
            and input.message_id in (0, report.target)
            and self._reporter in (0, report.reporter)
            and self._offender in (0, report.offender)
            and self._channel in (0, report.channel)
            and (not self._judge or self._may_judge(report))
        )

    def _may_judge(self, report: events.ReportMade) -> bool:
        """Whether an operator sees a report: of a message, but of none of their own."""
        return report.report_type == "message" and report.offender != self._judge


def _channel(txn: Transaction, actor: Actor, input: List) -> int:
    """The number of the channel whose reports are wanted, 0 for all. Raises NotFound, Forbidden."""
    if actor.user is not None and (not input.channel_url or input.reporting_user_id):
        raise Forbidden("Only a backend may list the reports of all channels, or of who made them.")
    if not input.channel_url:
        return 0
    channel = posting_channel(txn, actor, input.channel_url)
    if actor.user is not None and not operates(txn, channel, actor.user):
        raise Forbidden("Only operators of the channel may do this.")
    return channel.number


def _shown(
    txn: Transaction, actor: Actor, input: List, filters: _Filters, sequence: int, entry: LogEntry
) -> Resource | None:
    """A report as the caller sees it; None when it is not wanted."""
    assert isinstance(entry.event, events.ReportMade)
    if not filters.pass_(entry.event):
        return None
    shown = report_resource(txn, entry.event, sequence, entry.time)
    return shown if actor.user is None else shown | {"reporting_user": None}
