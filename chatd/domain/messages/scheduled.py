"""Messages to send later: clients schedule for themselves, backends for the user whom they name.

What is due is sent by a job, as if its sender had called `messages.send` then: what has changed since counts.
"""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from chatd import events
from chatd.domain import shapes
from chatd.domain.channels.access import member_channel, membership
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import CustomType, Data, MessageId, Milliseconds, OptionalUserId, Text
from chatd.domain.fold.filters import rules_of
from chatd.domain.messages.files import UPLOAD_LIFETIME
from chatd.domain.messages.messages import Mentioned, MentionType, Send, numbers_of, sender_of
from chatd.domain.messages.pushing import check_pushing
from chatd.domain.messages.scheduling import (
    as_sent,
    end,
    params_of,
    scrub_scheduled,
    send_scheduled,
    tell_sender,
)
from chatd.domain.messages.threads import check_parent
from chatd.domain.moderation.rules import check_length
from chatd.domain.resources.resource import Resource
from chatd.domain.resources.scheduled import scheduled_resource
from chatd.domain.roles import MEMBERS, OWNER
from chatd.errors import IncompatibleValues, LimitExceeded, MissingParameter, NotFound, OutOfRange
from chatd.model import Actor, Scheduled
from chatd.model.scheduled import CANCELED, FAILED, PENDING
from chatd.store import tables
from chatd.store.requests import requested
from chatd.store.transaction import Transaction

SOONEST: Final = 1000
LATEST: Final = 30 * 24 * 60 * 60 * 1000
MAX_SCHEDULED: Final = 500  # of one sender, that wait or have failed


class Create(Send, frozen=True, kw_only=True):
    """A message as for `messages.send`, and when to send it: in a second at the earliest, in 30 days at the latest."""

    scheduled_at: Milliseconds


class Which(Input, frozen=True):
    """A scheduled message."""

    scheduled_message_id: MessageId
    user_id: OptionalUserId = ""


class Update(Which, frozen=True, kw_only=True):
    """What is to change about a scheduled message that is pending; what is absent stays."""

    scheduled_at: Milliseconds | None = None
    message: Text | None = None
    custom_type: CustomType | None = None
    data: Data | None = None
    mention_type: MentionType | None = None
    mentioned_user_ids: Mentioned | None = None
    is_silent: bool | None = None
    send_push: bool | None = None
    mark_as_read: bool | None = None


SCHEDULED: Final = {"scheduled_message_id": "$scheduled"}


@command(
    "scheduled_messages.create",
    Right.BOTH,
    Kind.WRITE,
    roles=MEMBERS,
    example={"channel_url": "garden", "message": "Good morning!", "scheduled_at": "$tomorrow", "req_id": "s-1"},
    result=shapes.ScheduledMessage,
)
def create(txn: Transaction, actor: Actor, input: Create) -> Resource:
    """Have a message sent later. A repeated `req_id` of the same sender returns the first result."""
    sender = sender_of(txn, actor, input)
    check_pushing(actor, input)
    if sender and input.req_id and (sequence := requested(txn, sender, input.req_id)) is not None:
        return scheduled_resource(txn, _first_result(txn, sequence))
    channel = member_channel(txn, actor, input.channel_url)
    if sender:
        membership(txn, channel.number, sender)
    if input.parent_message_id:
        check_parent(txn, actor.user, channel, sender, input.parent_message_id)
    _check_time(txn, input.scheduled_at)
    check_length(rules_of(txn, channel.custom_type), sender, input.message)
    _check_contents(input)
    _check_room(txn, sender)
    _keep_files(txn, sender, input, input.scheduled_at)
    mentioned = numbers_of(txn, input.mentioned_user_ids)
    by_client = actor.user is not None
    scheduled = Scheduled(0, sender, channel.number, input.scheduled_at, params_of(input), mentioned, by_client)
    tell_sender(txn, events.MessageScheduled(sender, scheduled, input.req_id if sender else ""))
    return scheduled_resource(txn, txn.require(tables.SCHEDULED, txn.head.sequence))


@command(
    "scheduled_messages.view", Right.BOTH, Kind.READ, roles=OWNER, example=SCHEDULED, result=shapes.ScheduledMessage
)
def view(txn: Transaction, actor: Actor, input: Which) -> Resource:
    """One scheduled message."""
    return scheduled_resource(txn, _find(txn, actor, input))


@command(
    "scheduled_messages.update",
    Right.BOTH,
    Kind.WRITE,
    roles=OWNER,
    example=SCHEDULED | {"message": "Good morning, all of you!"},
    result=shapes.ScheduledMessage,
)
def update(txn: Transaction, actor: Actor, input: Update) -> Resource:
    """Change what is to be sent, or when, until it is."""
    scheduled = _find(txn, actor, input)
    if scheduled.status != PENDING:
        raise NotFound("ScheduledMessage")
    changed = _changed(txn, scheduled, input)
    if changed != scheduled:
        _, call = as_sent(txn, changed)
        _check_contents(call)
        _keep_files(txn, changed.sender, call, changed.scheduled_at)
        scrub_scheduled(txn, scheduled)
        tell_sender(txn, events.ScheduledChanged(changed.sender, changed))
    return scheduled_resource(txn, txn.require(tables.SCHEDULED, scheduled.number))


@command("scheduled_messages.cancel", Right.BOTH, Kind.WRITE, roles=OWNER, example=SCHEDULED, result=shapes.Empty)
def cancel(txn: Transaction, actor: Actor, input: Which) -> Resource:
    """Send it never; what has failed is put away."""
    end(txn, _unsent(txn, actor, input), CANCELED)
    return {}


@command("scheduled_messages.send_now", Right.BOTH, Kind.WRITE, roles=OWNER, example=SCHEDULED, result=shapes.Message)
def send_now(txn: Transaction, actor: Actor, input: Which) -> Resource:
    """Send it at once, also what has failed; the message."""
    return send_scheduled(txn, _unsent(txn, actor, input))


def _first_result(txn: Transaction, sequence: int) -> Scheduled:
    """What the first request with this `req_id` made."""
    if not isinstance(txn.require(tables.LOG, sequence).event, events.MessageScheduled):
        raise IncompatibleValues('"req_id" was used for another kind of request.')
    scheduled = txn.get(tables.SCHEDULED, sequence)
    if scheduled is None:
        raise NotFound("ScheduledMessage")
    return scheduled


def _find(txn: Transaction, actor: Actor, input: Which) -> Scheduled:
    """One of the caller, or any for a backend. Raises NotFound."""
    scheduled = txn.get(tables.SCHEDULED, input.scheduled_message_id)
    if scheduled is None or actor.user not in (None, scheduled.sender):
        raise NotFound("ScheduledMessage")
    return scheduled


def _unsent(txn: Transaction, actor: Actor, input: Which) -> Scheduled:
    scheduled = _find(txn, actor, input)
    if scheduled.status not in (PENDING, FAILED):
        raise NotFound("ScheduledMessage")
    return scheduled


def _changed(txn: Transaction, scheduled: Scheduled, input: Update) -> Scheduled:
    names = ("message", "custom_type", "data", "mention_type", "is_silent", "send_push", "mark_as_read")
    changes = {name: getattr(input, name) for name in names if getattr(input, name) is not None}
    changed = replace(scheduled, params=scheduled.params | changes)
    if input.mentioned_user_ids is not None:
        changed = replace(changed, mentioned=numbers_of(txn, input.mentioned_user_ids))
    if input.scheduled_at is not None and input.scheduled_at != scheduled.scheduled_at:
        _check_time(txn, input.scheduled_at)
        changed = replace(changed, scheduled_at=input.scheduled_at)
    return changed


def _check_time(txn: Transaction, scheduled_at: int) -> None:
    if not SOONEST <= scheduled_at - txn.now <= LATEST:
        raise OutOfRange('"scheduled_at" must be a second to 30 days from now, in milliseconds.')


def _check_contents(input: Send) -> None:
    if input.created_at:
        raise IncompatibleValues('"created_at" is for messages that are sent at once.')
    has_files = bool(input.files or input.url)
    if input.message_type == "FILE" and not has_files:
        raise MissingParameter("files")
    if input.message_type == "ADMM" and has_files:
        raise IncompatibleValues("An admin message has no files.")
    if not input.message and not has_files:
        raise MissingParameter("message")


def _check_room(txn: Transaction, sender: int) -> None:
    waiting = sum(status in (PENDING, FAILED) for _, status in txn.scan(tables.SCHEDULED_BY, sender))
    if sender and waiting >= MAX_SCHEDULED:
        raise LimitExceeded(f"{MAX_SCHEDULED} messages are scheduled, or have failed; cancel some.")


def _keep_files(txn: Transaction, sender: int, input: Send, until: int) -> None:
    """Uploads that are to be sent do not expire before that. Raises NotFound."""
    for file_id in (sent.file_id for sent in input.files if sent.file_id):
        upload = txn.get(tables.UPLOADS, sender, file_id)
        if upload is None:
            raise NotFound("File")
        expires_at = max(upload.expires_at, until + UPLOAD_LIFETIME)
        txn.put(tables.UPLOADS, sender, file_id, value=replace(upload, expires_at=expires_at))
