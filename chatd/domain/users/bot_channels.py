"""The channels of bots, and what bots write in them."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from chatd import events
from chatd.domain import shapes
from chatd.domain.channels.access import find_channel
from chatd.domain.channels.admission import admit
from chatd.domain.channels.channels import whole
from chatd.domain.channels.memberships import channels_of
from chatd.domain.channels.open_access import group
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import ChannelUrl, CustomType, Data, MessageId, OptionalChannelUrl, ReqId, Text, UserId
from chatd.domain.messages import messages
from chatd.domain.messages.files import FileName, FileSize, FileUrl, MediaType, SentFiles
from chatd.domain.messages.pushing import Pushing
from chatd.domain.messages.receiving import send_received
from chatd.domain.messages.sorted_meta import SortedMetaArray
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import NOBODY
from chatd.domain.stream import emit
from chatd.domain.users.bots import find_bot
from chatd.errors import MissingParameter
from chatd.model import Actor, File
from chatd.store import tables
from chatd.store.transaction import Transaction


class Join(Input, frozen=True):
    """Group channels of which a bot is to be a member."""

    bot_userid: UserId
    channel_urls: Annotated[tuple[ChannelUrl, ...], Meta(max_length=100)]


class Leave(Input, frozen=True):
    """The channel that a bot is to leave, or all."""

    bot_userid: UserId
    channel_url: OptionalChannelUrl = ""


class Send(Pushing, frozen=True):
    """A message of a bot. `dedup_id` is what `req_id` is to `messages.send`, `mentioned` who is mentioned."""

    bot_userid: UserId
    channel_url: ChannelUrl
    message: Text = ""
    message_type: messages.MessageType = "MESG"
    custom_type: CustomType = ""
    data: Data = ""
    mentioned: messages.Mentioned = ()
    mention_type: messages.MentionType = "users"
    dedup_id: ReqId = ""
    is_silent: bool = False
    parent_message_id: MessageId = 0
    files: SentFiles = ()
    url: FileUrl = ""
    file_name: FileName = ""
    file_type: MediaType = ""
    file_size: FileSize = 0
    sorted_metaarray: SortedMetaArray = ()


@command(
    "bots.join",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    people=("members",),
    example={"bot_userid": "robin", "channel_urls": ["square"]},
    result=shapes.BotChannels,
)
def join(txn: Transaction, actor: Actor, input: Join) -> Resource:
    """Make a bot a member of group channels: `channels`, and beside them the first one, as callers expect it."""
    user, _ = find_bot(txn, input.bot_userid)
    if not input.channel_urls:
        raise MissingParameter("channel_urls")
    channels = [group(find_channel(txn, channel_url)) for channel_url in dict.fromkeys(input.channel_urls)]
    for channel in channels:
        admit(txn, channel, (user.number,))
    joined = [whole(txn, txn.require(tables.CHANNELS, channel.number)) for channel in channels]
    return joined[0] | {"channels": joined}


@command(
    "bots.leave",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"bot_userid": "robin", "channel_url": "garden"},
    result=shapes.Empty,
)
def leave(txn: Transaction, actor: Actor, input: Leave) -> Resource:
    """End a bot's membership of a channel, or all of them. Where it is no member nothing happens."""
    user, _ = find_bot(txn, input.bot_userid)
    if input.channel_url:
        channels = [group(find_channel(txn, input.channel_url)).number]
    else:
        channels = channels_of(txn, user.number)
    for channel in channels:
        if txn.get(tables.MEMBERS, channel, user.number) is not None:
            emit(txn, events.MemberLeft(channel, (user.number,), "removed_by_admin"))
    return {}


@command(
    "bots.send",
    Right.BACKEND,
    Kind.WRITE,
    roles=NOBODY,
    example={"bot_userid": "robin", "channel_url": "garden", "message": "Chirp.", "dedup_id": "b-1"},
    result=shapes.BotMessage,
)
def send(txn: Transaction, actor: Actor, input: Send) -> Resource:
    """Send a message as a bot, which has to be a member as others. A repeated `dedup_id` sends nothing more."""
    return send_received_by_bot(txn, actor, input, ())


def send_received_by_bot(txn: Transaction, actor: Actor, input: Send, received: tuple[File, ...]) -> Resource:
    """Send a message as a bot, with files whose blobs are on disk."""
    user, _ = find_bot(txn, input.bot_userid)
    renamed = {"bot_userid", "mentioned", "dedup_id"}
    said = {name: getattr(input, name) for name in input.__struct_fields__ if name not in renamed}
    call = messages.Send(**said, user_id=user.user_id, mentioned_user_ids=input.mentioned, req_id=input.dedup_id)
    return {"message": send_received(txn, actor, call, received)}
