"""Reports: that a message, a user or a channel is not as it should be. Who reports sees nobody else's reports."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta
from msgspec.structs import replace

from chatd import events
from chatd.domain import shapes
from chatd.domain.channels.access import visible_channel
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import ChannelUrl, MessageId, OptionalChannelUrl, OptionalUserId, UserId
from chatd.domain.messages.messages import seen_message
from chatd.domain.resources.reports import report_resource
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import MEMBERS
from chatd.domain.stream import note
from chatd.domain.users.people import acting_user, active_user, find_user
from chatd.errors import IncompatibleValues, NotFound
from chatd.model import Actor, Channel, Message
from chatd.store import tables
from chatd.store.transaction import Transaction

Category = Literal["suspicious", "harassing", "inappropriate", "spam"]
Description = Annotated[str, Meta(max_length=1000)]


class Report(Input, frozen=True):
    """Why something is reported, and by whom: a client itself, or the user whom a backend names, if any."""

    report_category: Category
    report_description: Description = ""
    reporting_user_id: OptionalUserId = ""


class ReportMessage(Report, frozen=True, kw_only=True):
    """The message, and perhaps who has sent it."""

    channel_url: ChannelUrl
    message_id: MessageId
    offending_user_id: OptionalUserId = ""


class ReportUser(Report, frozen=True, kw_only=True):
    """The user, and perhaps the channel in which they offended."""

    offending_user_id: UserId
    channel_url: OptionalChannelUrl = ""


class ReportChannel(Report, frozen=True, kw_only=True):
    """The channel, and perhaps who offends in it."""

    channel_url: ChannelUrl
    offending_user_id: OptionalUserId = ""


@command(
    "messages.report",
    Right.BOTH,
    Kind.WRITE,
    roles=MEMBERS,
    example={"channel_url": "garden", "message_id": "$message", "report_category": "spam"},
    result=shapes.Report,
)
def report_message(txn: Transaction, actor: Actor, input: ReportMessage) -> Resource:
    """Report a message that the caller may read; what it says is kept with the report. Once for each who reports."""
    channel = visible_channel(txn, actor, input.channel_url)
    message = seen_message(txn, actor.user, channel, input.message_id)
    if input.offending_user_id and find_user(txn, input.offending_user_id).number != message.sender:
        raise IncompatibleValues('"offending_user_id" is not the sender of the message.')
    return _made(txn, actor, input, _of_message(channel, message))


@command(
    "users.report",
    Right.BOTH,
    Kind.WRITE,
    example={"offending_user_id": "owner", "report_category": "harassing"},
    result=shapes.Report,
)
def report_user(txn: Transaction, actor: Actor, input: ReportUser) -> Resource:
    """Report a user. Once for each who reports."""
    offender = find_user(txn, input.offending_user_id).number
    report = events.ReportMade("user", "", 0, offender, offender)
    if input.channel_url:
        channel = visible_channel(txn, actor, input.channel_url)
        report = events.ReportMade("user", "", 0, offender, offender, channel.number, channel.channel_url)
    return _made(txn, actor, input, report)


@command(
    "channels.report",
    Right.BOTH,
    Kind.WRITE,
    roles=MEMBERS,
    example={"channel_url": "garden", "report_category": "inappropriate", "report_description": "Only weeds."},
    result=shapes.Report,
)
def report_channel(txn: Transaction, actor: Actor, input: ReportChannel) -> Resource:
    """Report a channel that the caller may read. Once for each who reports."""
    channel = visible_channel(txn, actor, input.channel_url)
    offender = find_user(txn, input.offending_user_id).number if input.offending_user_id else 0
    number = channel.number
    return _made(txn, actor, input, events.ReportMade("channel", "", 0, number, offender, number, channel.channel_url))


def _of_message(channel: Channel, message: Message) -> events.ReportMade:
    return events.ReportMade(
        "message",
        "",
        0,
        message.message_id,
        message.sender,
        channel.number,
        channel.channel_url,
        text=message.text,
        files=tuple(file.name for file in message.files),
        sent_at=message.created_at,
    )


def _made(txn: Transaction, actor: Actor, input: Report, report: events.ReportMade) -> Resource:
    """Write a report, to which who made it and why are added; who has reported the same before gets that report."""
    reporter = _reporter(txn, actor, input.reporting_user_id)
    sequence = txn.get(tables.REPORTERS, reporter, report.target)
    if sequence is None:
        category, description = input.report_category, input.report_description
        note(txn, replace(report, category=category, reporter=reporter, description=description))
        sequence = txn.head.sequence
    return report_at(txn, sequence)


def find_report(txn: Transaction, sequence: int) -> events.ReportMade:
    """A report by its number. Raises NotFound."""
    entry = txn.get(tables.LOG, sequence)
    if entry is None or not isinstance(entry.event, events.ReportMade):
        raise NotFound("Report")
    return entry.event


def report_at(txn: Transaction, sequence: int) -> Resource:
    """The report that an event made. LookupError when it made none."""
    entry = txn.require(tables.LOG, sequence)
    if not isinstance(entry.event, events.ReportMade):
        raise LookupError(f"event {sequence} is no report")
    return report_resource(txn, entry.event, sequence, entry.time)


def _reporter(txn: Transaction, actor: Actor, user_id: str) -> int:
    if actor.user is not None:
        return acting_user(txn, actor, user_id).number
    return active_user(txn, user_id).number if user_id else 0
