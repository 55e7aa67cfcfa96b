"""Reports, as they look from outside."""

from __future__ import annotations

from chatd import events
from chatd.domain.fold.stored import current_message
from chatd.domain.resources.resource import Resource
from chatd.domain.resources.users import known_user
from chatd.store import tables
from chatd.store.transaction import Transaction


def report_resource(txn: Transaction, report: events.ReportMade, sequence: int, time: int) -> Resource:
    """A report; users who were forgotten, or are none, are null."""
    state = txn.get(tables.REPORT_STATES, sequence)
    return {
        "report_id": sequence,
        "report_type": report.report_type,
        "report_category": report.category,
        "report_description": report.description,
        "reporting_user": known_user(txn, report.reporter),
        "offending_user": known_user(txn, report.offender),
        "reported_message": _message(txn, report) if report.report_type == "message" else None,
        "channel": _channel(txn, report) if report.channel else None,
        "created_at": time,
        "report_status": "open" if state is None else state.status,
        "settled_at": 0 if state is None else state.since,
    }


def _message(txn: Transaction, report: events.ReportMade) -> Resource:
    """A message as it was when it was reported."""
    message = current_message(txn, report.target)
    return {
        "message_id": report.target,
        "channel_url": report.channel_url,
        "message": report.text,
        "file_names": list(report.files),
        "created_at": report.sent_at,
        "is_removed": message is None or message.is_removed,
    }


def _channel(txn: Transaction, report: events.ReportMade) -> Resource:
    channel = txn.get(tables.CHANNELS, report.channel)
    return {"channel_url": report.channel_url, "name": channel.name if channel is not None else ""}
