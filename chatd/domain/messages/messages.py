"""Messages: send, view, edit, delete."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta
from msgspec.structs import replace

from chatd import events
from chatd.domain import shapes
from chatd.domain.channels.access import check_permitted, editable_channel, operates, posting_channel, visible_channel
from chatd.domain.channels.settings import seen_after
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import (
    ChannelUrl,
    CustomType,
    Data,
    MessageId,
    Milliseconds,
    OptionalUserId,
    ReqId,
    Text,
    UserId,
)
from chatd.domain.fold.filters import Rules, rules_of
from chatd.domain.fold.stored import current_message, placed
from chatd.domain.messages import removal
from chatd.domain.messages.details import Wanted, detailed, whole
from chatd.domain.messages.files import FileName, FileSize, FileUrl, MediaType, Sent, SentFiles, attach
from chatd.domain.messages.pinning import pin_message
from chatd.domain.messages.poll_access import check_unshown
from chatd.domain.messages.posting import check_posting
from chatd.domain.messages.previews import discard_pictures, shown_pictures
from chatd.domain.messages.pushing import Pushing, check_pushing, push_of
from chatd.domain.messages.sorted_meta import SortedMetaArray, stored_meta
from chatd.domain.messages.threads import check_parent
from chatd.domain.moderation.audit import About, note_act
from chatd.domain.moderation.blocks import check_speaking
from chatd.domain.moderation.filters import Verdict
from chatd.domain.moderation.hits import let_through, note_hit
from chatd.domain.moderation.pace import check_channel_pace, check_pace
from chatd.domain.moderation.rules import check_length
from chatd.domain.moderation.sanctions import check_muted
from chatd.domain.moderation.slow_mode import check_slow_mode
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import MEMBERS, OPERATORS, OWNER, WRITERS
from chatd.domain.stream import emit
from chatd.domain.users.people import acting_user, active_user
from chatd.errors import Forbidden, IncompatibleValues, MissingParameter, NotFound, OutOfRange
from chatd.model import Actor, Channel, File, Message
from chatd.store import tables
from chatd.store.requests import requested
from chatd.store.transaction import Transaction

MessageType = Literal["MESG", "FILE", "ADMM"]
MentionType = Literal["users", "channel"]
# A year at most; -1 and 0 for ever, or for as long as the channel says.
Survival = Annotated[int, Meta(ge=-1, le=365 * 24 * 60 * 60)]
Mentioned = Annotated[tuple[UserId, ...], Meta(max_length=100)]


class Send(Pushing, frozen=True):
    """A message to a channel: a text, or files, perhaps with a text.

    A client sends for itself; a backend names `user_id`, or sends ADMM for nobody. `url` and those after it are a
    single file that is kept elsewhere, as `files` may have several. With `message_survival_seconds` it disappears.
    What backends send is filtered only with `apply_filters`.
    A backend may say when it was sent, in `created_at`: a time that is over.
    """

    channel_url: ChannelUrl
    message: Text = ""
    message_type: MessageType = "MESG"
    user_id: OptionalUserId = ""
    custom_type: CustomType = ""
    data: Data = ""
    req_id: ReqId = ""
    mention_type: MentionType = "users"
    mentioned_user_ids: Mentioned = ()
    is_silent: bool = False
    parent_message_id: MessageId = 0
    reply_to_channel: bool = False
    files: SentFiles = ()
    url: FileUrl = ""
    file_name: FileName = ""
    file_type: MediaType = ""
    file_size: FileSize = 0
    message_survival_seconds: Survival = -1
    sorted_metaarray: SortedMetaArray = ()
    pin_message: bool = False
    apply_filters: bool = False
    poll_id: MessageId = 0
    created_at: Milliseconds = 0


class View(Wanted, frozen=True, kw_only=True):
    """A message of a channel."""

    channel_url: ChannelUrl
    message_id: MessageId


class Update(Input, frozen=True):
    """What is to change about a message; what is absent stays."""

    channel_url: ChannelUrl
    message_id: MessageId
    message_type: MessageType = "MESG"
    message: Text | None = None
    custom_type: CustomType | None = None
    data: Data | None = None
    mention_type: MentionType | None = None
    mentioned_user_ids: Mentioned | None = None
    sorted_metaarray: SortedMetaArray | None = None


class Delete(Input, frozen=True):
    """The message to delete."""

    channel_url: ChannelUrl
    message_id: MessageId


@command(
    "messages.send",
    Right.BOTH,
    Kind.WRITE,
    roles=WRITERS,
    example={"channel_url": "garden", "message": "What a summer!", "req_id": "m-1"},
    result=shapes.Message,
)
def send(txn: Transaction, actor: Actor, input: Send) -> Resource:
    """Send a message. A repeated `req_id` of the same sender returns the first result and sends nothing."""
    return post(txn, actor, input)


def post(txn: Transaction, actor: Actor, input: Send, forwarded_from: int = 0) -> Resource:
    """Send a message, perhaps as one of a user who said it first. Raises RequestError."""
    sender = sender_of(txn, actor, input)
    first = repeated(txn, sender, input.req_id, input.channel_url)
    if first is not None:
        return first
    channel = posting_channel(txn, actor, input.channel_url)
    check_posting(txn, actor, channel, sender)
    check_pushing(actor, input)
    rules = rules_of(txn, channel.custom_type)
    _check_contents(txn, sender, channel, input, rules)
    check_slow_mode(txn, actor, channel, sender)
    check_channel_pace(txn, actor, channel, sender, rules)
    if input.parent_message_id:
        check_parent(txn, actor.user, channel, sender, input.parent_message_id)
    if input.poll_id:
        check_unshown(txn, actor, sender, input.poll_id)
    if input.created_at:
        _check_time(txn, actor, input.created_at)
    verdict = _judged(txn, actor, channel, sender, input, rules)
    if verdict.action:
        input = replace(input, message=verdict.text)
    message = new_message(txn, channel, sender, input, forwarded_from)
    check_pace(txn, actor, channel, message)
    data = emit(txn, events.MessageSent(message))
    resource: Resource = data["message"]
    if input.pin_message:
        pin_message(txn, actor, editable_channel(txn, actor, input.channel_url, "pin"), resource["message_id"])
    if verdict.action:
        note_hit(txn, channel, sender, verdict.action, resource["message_id"], resource["created_at"])
    return resource


@command(
    "messages.view",
    Right.BOTH,
    Kind.READ,
    roles=MEMBERS,
    example={"channel_url": "garden", "message_id": "$message", "include_reactions": True},
    result=shapes.Message,
)
def view(txn: Transaction, actor: Actor, input: View) -> Resource:
    """One message."""
    channel = visible_channel(txn, actor, input.channel_url)
    message = seen_message(txn, actor.user, channel, input.message_id)
    return detailed(txn, message, channel, input, seen_after(txn, actor.user, channel.number))


@command(
    "messages.update",
    Right.BOTH,
    Kind.WRITE,
    roles=OWNER,
    example={"channel_url": "garden", "message_id": "$message", "message": "The roses are fading."},
    result=shapes.Message,
)
def update(txn: Transaction, actor: Actor, input: Update) -> Resource:
    """Edit a message: its sender, or a backend."""
    channel, message = editable_message(txn, actor, input.channel_url, input.message_id)
    changed = _edited(txn, message, input)
    if changed.mention_type == "channel" != message.mention_type:
        check_permitted(txn, actor.user or 0, channel, "mention_channel")
    verdict = Verdict(changed.text)
    rules = rules_of(txn, channel.custom_type)
    if changed.text != message.text:
        check_length(rules, message.sender, changed.text)
    if changed.text != message.text and actor.user is not None:
        verdict = let_through(txn, channel, actor.user, changed.text, rules)
    if verdict.text != message.text:
        changed = replace(changed, text=verdict.text, translations=())
    if changed == message:
        return whole(txn, message, channel)
    pictures = shown_pictures(txn, message.message_id)
    resource: Resource = emit(txn, events.MessageUpdated(changed))["message"]
    discard_pictures(txn, pictures)
    if verdict.action:
        note_hit(txn, channel, message.sender, verdict.action, message.message_id, message.created_at)
    return resource


@command(
    "messages.delete",
    Right.BOTH,
    Kind.WRITE,
    roles=OPERATORS,
    example={"channel_url": "garden", "message_id": "$message"},
    result=shapes.Empty,
)
def delete(txn: Transaction, actor: Actor, input: Delete) -> Resource:
    """Delete a message for everyone: its sender, an operator of the channel, or a backend."""
    channel = posting_channel(txn, actor, input.channel_url)
    message = find_message(txn, channel, input.message_id)
    if actor.user not in (None, message.sender) and not operates(txn, channel, actor.user or 0):
        raise Forbidden("Only its sender or an operator may delete a message.")
    removal.delete(txn, message)
    if actor.user is None or actor.user != message.sender:
        note_act(txn, actor, "message.deleted", channel, About(message.sender, message.message_id))
    return {}


def find_message(txn: Transaction, channel: Channel, message_id: int) -> Message:
    """A message of a channel that has not been removed. Raises NotFound."""
    message = current_message(txn, message_id)
    if message is None or message.channel != channel.number or message.is_removed:
        raise NotFound("Message")
    return message


def seen_message(txn: Transaction, user: int | None, channel: Channel, message_id: int) -> Message:
    """A message that a user sees, who may have come later; a backend sees all. Raises NotFound."""
    message = find_message(txn, channel, message_id)
    if (message.created_at, message.message_id) <= seen_after(txn, user, channel.number):
        raise NotFound("Message")
    return message


def repeated(txn: Transaction, sender: int, req_id: str, channel_url: str) -> Resource | None:
    """What the first request of a sender with this `req_id` returned; None when this is the first one.

    Raises IncompatibleValues when that was another kind of request.
    """
    sequence = requested(txn, sender, req_id) if sender and req_id else None
    return None if sequence is None else _first_result(txn, sequence, channel_url)


def editable_message(txn: Transaction, actor: Actor, channel_url: str, message_id: int) -> tuple[Channel, Message]:
    """A message that the caller may edit, with its channel: the sender's own, any for a backend.

    Raises NotFound, Forbidden, and Muted or Blocked: to edit is to write.
    """
    channel = posting_channel(txn, actor, channel_url)
    message = find_message(txn, channel, message_id)
    if actor.user not in (None, message.sender):
        raise Forbidden("Only its sender may edit a message.")
    if actor.user is not None:
        check_muted(txn, channel, actor.user)
        check_speaking(txn, channel, actor.user)
    return channel, message


def sender_of(txn: Transaction, actor: Actor, input: Send) -> int:
    """The number of the sender; 0 for an admin message."""
    if input.message_type != "ADMM":
        return acting_user(txn, actor, input.user_id).number
    if actor.user is not None:
        raise Forbidden("Only a backend may send admin messages.")
    if input.user_id:
        raise IncompatibleValues("An admin message has no sender.")
    return 0


def _judged(txn: Transaction, actor: Actor, channel: Channel, sender: int, input: Send, rules: Rules) -> Verdict:
    """What filters make of the text of a new message. Raises MessageBlocked."""
    if actor.user is None and not (sender and input.apply_filters):
        return Verdict(input.message)
    return let_through(txn, channel, sender, input.message, rules)


def _check_contents(txn: Transaction, sender: int, channel: Channel, input: Send, rules: Rules) -> None:
    """Raise Forbidden or TooLong when a user may not send to a channel what a message has."""
    check_length(rules, sender, input.message)
    if input.files or input.url:
        check_permitted(txn, sender, channel, "send_files")
    if input.mention_type == "channel":
        check_permitted(txn, sender, channel, "mention_channel")


def _check_time(txn: Transaction, actor: Actor, created_at: int) -> None:
    if actor.user is not None:
        raise Forbidden("Only a backend may say when a message was sent.")
    if created_at > txn.now:
        raise OutOfRange('"created_at" must not be in the future, in milliseconds.')


def _first_result(txn: Transaction, sequence: int, channel_url: str) -> Resource:
    """What the first request with this `req_id` returned."""
    entry = txn.require(tables.LOG, sequence)
    if not isinstance(entry.event, events.MessageSent):
        raise IncompatibleValues('"req_id" was used for another kind of request.')
    channel = txn.get(tables.CHANNELS, entry.event.message.channel)
    if channel is None:
        raise NotFound("Channel")
    if channel.channel_url != channel_url:
        raise IncompatibleValues('"req_id" was used for another channel.')
    return whole(txn, placed(entry.event.message, sequence, entry.time), channel)


def _edited(txn: Transaction, message: Message, input: Update) -> Message:
    """A message with what is to change about it. Raises MissingParameter when nothing would be left."""
    names = {"message": "text", "custom_type": "custom_type", "data": "data", "mention_type": "mention_type"}
    changes = {field: getattr(input, name) for name, field in names.items() if getattr(input, name) is not None}
    if input.message == "" and not message.files:
        raise MissingParameter("message")
    if input.mentioned_user_ids is not None:
        changes["mentioned"] = numbers_of(txn, input.mentioned_user_ids)
    if input.sorted_metaarray is not None:
        changes["meta"] = stored_meta(input.sorted_metaarray)
    changed: Message = replace(message, **changes)
    # Who mentions the whole channel mentions nobody in it.
    return replace(changed, mentioned=()) if changed.mention_type == "channel" else changed


def new_message(txn: Transaction, channel: Channel, sender: int, input: Send, forwarded_from: int = 0) -> Message:
    """What a message is to be: not in the log yet. Raises RequestError."""
    ordinal = txn.require(tables.CHANNEL_STATES, channel.number).ordinal + (0 if input.is_silent else 1)
    return Message(
        0,
        channel.number,
        sender,
        ordinal,
        input.created_at,
        input.message,
        input.data,
        input.custom_type,
        input.req_id,
        mention_type=input.mention_type,
        # Who mentions the whole channel mentions nobody in it.
        mentioned=numbers_of(txn, input.mentioned_user_ids) if input.mention_type == "users" else (),
        is_silent=input.is_silent,
        parent=input.parent_message_id,
        files=_files(txn, sender, input),
        is_in_channel=bool(input.parent_message_id) and input.reply_to_channel,
        expires_at=txn.now + input.message_survival_seconds * 1000 if input.message_survival_seconds > 0 else 0,
        meta=stored_meta(input.sorted_metaarray),
        poll=input.poll_id,
        push=push_of(input, sender),
        leaves_unread=not input.mark_as_read,
        forwarded_from=forwarded_from,
    )


def _files(txn: Transaction, sender: int, input: Send) -> tuple[File, ...]:
    """The files of a new message, which must have those or a text."""
    sent = input.files
    if input.url:
        name, kind, size = input.file_name, input.file_type, input.file_size
        sent += (Sent(url=input.url, file_name=name, file_type=kind, file_size=size),)
    if not sent:
        if input.message_type == "FILE":
            raise MissingParameter("files")
        if not input.message:
            raise MissingParameter("message")
        return ()
    if not sender:
        raise IncompatibleValues("An admin message has no files.")
    return attach(txn, sender, sent)


def numbers_of(txn: Transaction, user_ids: tuple[str, ...]) -> tuple[int, ...]:
    """The numbers of users who are mentioned. Raises NotFound, or UserDeactivated."""
    if not user_ids:
        return ()
    return tuple(dict.fromkeys(active_user(txn, user_id).number for user_id in user_ids))
