"""What is told of reports, and of what moderators do to people."""

from __future__ import annotations

from chatd import events
from chatd.domain.fold.stored import current_message
from chatd.domain.resources.resource import Resource
from chatd.domain.webhooks.parts import channel_of, told_channel, told_user
from chatd.domain.webhooks.payloads import Telling, payload
from chatd.store.transaction import Transaction


@payload.register
def _(event: events.UserMuted, txn: Transaction, telling: Telling) -> Resource:
    held = {"muted_at": telling.time, "end_at": event.until, "description": event.reason}
    return held | _done(txn, event.user, event.moderator, event.channel)


@payload.register
def _(event: events.UserUnmuted, txn: Transaction, telling: Telling) -> Resource:
    return {"unmuted_at": telling.time} | _done(txn, event.user, event.moderator, event.channel)


@payload.register
def _(event: events.UserBanned, txn: Transaction, telling: Telling) -> Resource:
    held = {"banned_at": telling.time, "end_at": event.until, "description": event.reason}
    return held | _done(txn, event.user, event.moderator, event.channel)


@payload.register
def _(event: events.UserUnbanned, txn: Transaction, telling: Telling) -> Resource:
    return {"unbanned_at": telling.time} | _done(txn, event.user, event.moderator, event.channel)


@payload.register
def _(event: events.ActNoted, txn: Transaction, telling: Telling) -> Resource:
    return {"deactivated_at": telling.time, "user": told_user(txn, event.user)}


@payload.register
def _(event: events.ReportMade, txn: Transaction, telling: Telling) -> Resource:
    told: Resource = {
        "created_at": telling.time,
        "report_type": event.report_type,
        "report_category": event.category,
        "report_description": event.description,
        "reporting_user": told_user(txn, event.reporter),
        "offending_user": told_user(txn, event.offender),
        "channel": told_channel(txn, event.channel) if event.channel else None,
    }
    if event.report_type == "message":
        message = current_message(txn, event.target)
        is_there = message is not None and not message.is_removed
        text = event.text if is_there else ""
        told["reported_message"] = {"message_id": event.target, "message": text, "created_at": event.sent_at}
    return told


def _done(txn: Transaction, user: int, moderator: int, channel: int) -> Resource:
    return {
        "user": told_user(txn, user),
        "moderator": told_user(txn, moderator),
        "channel_type": "open" if channel_of(txn, channel).is_open else "group",
        "channel": told_channel(txn, channel),
    }
