"""Messages that were sent elsewhere, taken over with the times that they had there."""

from __future__ import annotations

from typing import Annotated, Final

from msgspec import Meta
from msgspec.structs import replace

from chatd import events
from chatd.domain import shapes
from chatd.domain.channels.access import find_channel
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import ChannelUrl, CustomType, Data, Milliseconds, OptionalUserId, ReqId, Text
from chatd.domain.messages.files import FileName, FileSize, FileUrl, MediaType, SentFiles
from chatd.domain.messages.messages import Mentioned, MentionType, MessageType, Send, new_message
from chatd.domain.messages.sorted_meta import SortedMetaArray
from chatd.domain.roles import NOBODY
from chatd.domain.stream import SMALL_CHANNEL, emit
from chatd.domain.users.people import find_user
from chatd.errors import IncompatibleValues, MissingParameter, OutOfRange, TooManyItems, Unacceptable
from chatd.model import Actor, Channel
from chatd.store import tables
from chatd.store.requests import requested
from chatd.store.transaction import Transaction

AT_ONCE: Final = 100


class Old(Input, frozen=True):
    """A message that was sent at `timestamp`, in milliseconds. With a `dedup_id` it is taken over once."""

    timestamp: Milliseconds
    user_id: OptionalUserId = ""
    message_type: MessageType = "MESG"
    message: Text = ""
    custom_type: CustomType = ""
    data: Data = ""
    dedup_id: ReqId = ""
    mention_type: MentionType = "users"
    mentioned_user_ids: Mentioned = ()
    sorted_metaarray: SortedMetaArray = ()
    files: SentFiles = ()
    url: FileUrl = ""
    file_name: FileName = ""
    file_type: MediaType = ""
    file_size: FileSize = 0


class Migrate(Input, frozen=True):
    """Up to 100 messages for a channel.

    With `update_read_ts` members who had read all before have read these too; it is so unless something else is said,
    but not in channels of more than 100 members.
    """

    channel_url: ChannelUrl
    messages: Annotated[tuple[Old, ...], Meta(max_length=AT_ONCE)]
    update_read_ts: bool | None = None
    rewind_read_ts: bool = False


@command(
    "messages.migrate",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={
        "channel_url": "garden",
        "messages": [{"user_id": "owner", "message": "Long ago", "timestamp": 1_500_000_000_000, "dedup_id": "m-1"}],
    },
    result=shapes.Empty,
)
def migrate(txn: Transaction, actor: Actor, input: Migrate) -> shapes.Empty:
    """Take messages over as their senders', who must exist and need not be members. All of them, or none."""
    if input.rewind_read_ts:
        raise Unacceptable('"rewind_read_ts" is not offered: taking messages over moves no read mark back.')
    if not input.messages:
        raise MissingParameter("messages")
    channel = find_channel(txn, input.channel_url)
    readers = _readers(txn, channel, input.update_read_ts)
    for old in input.messages:
        _take_over(txn, channel, old)
    read_at = max(old.timestamp for old in input.messages)
    ordinal = txn.require(tables.CHANNEL_STATES, channel.number).ordinal
    for user in readers:
        if txn.require(tables.MEMBERS, channel.number, user).read_ordinal < ordinal:
            emit(txn, events.ChannelRead(channel.number, user, ordinal, read_at))
    return {}


def _readers(txn: Transaction, channel: Channel, wanted: bool | None) -> list[int]:
    """The members who have read everything, and are to have read what comes too."""
    state = txn.require(tables.CHANNEL_STATES, channel.number)
    if state.member_count > SMALL_CHANNEL:
        if wanted:
            raise TooManyItems(f'"update_read_ts" is for channels of up to {SMALL_CHANNEL} members.')
        return []
    if wanted is False:
        return []
    members = txn.scan(tables.MEMBERS, channel.number)
    return [key[1] for key, member in members if member.read_ordinal >= state.ordinal]


def _take_over(txn: Transaction, channel: Channel, old: Old) -> None:
    if old.timestamp > txn.now:
        raise OutOfRange('"timestamp" must not be in the future, in milliseconds.')
    sender = _sender(txn, old)
    if sender and old.dedup_id and requested(txn, sender, old.dedup_id) is not None:
        return
    sent = Send(
        channel_url=channel.channel_url,
        message=old.message,
        message_type=old.message_type,
        custom_type=old.custom_type,
        data=old.data,
        req_id=old.dedup_id,
        mention_type=old.mention_type,
        mentioned_user_ids=old.mentioned_user_ids,
        sorted_metaarray=old.sorted_metaarray,
        files=old.files,
        url=old.url,
        file_name=old.file_name,
        file_type=old.file_type,
        file_size=old.file_size,
    )
    message = new_message(txn, channel, sender, sent)
    emit(txn, events.MessageSent(replace(message, created_at=max(1, old.timestamp))))


def _sender(txn: Transaction, old: Old) -> int:
    """The number of who sent it, also of somebody who is deactivated; 0 for an admin message."""
    if old.message_type != "ADMM":
        if not old.user_id:
            raise MissingParameter("user_id")
        return find_user(txn, old.user_id).number
    if old.user_id:
        raise IncompatibleValues("An admin message has no sender.")
    return 0
