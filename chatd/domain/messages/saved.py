"""Messages that users put aside for themselves, each seen for as long as its user may read it."""

from __future__ import annotations

from itertools import islice
from typing import Final

from chatd import events
from chatd.domain import shapes
from chatd.domain.channels.access import visible_channel
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import ChannelUrl, MessageId, OptionalChannelUrl, OptionalUserId, PageLimit, PageToken
from chatd.domain.fold.stored import current_message
from chatd.domain.messages.details import Wanted, detailed
from chatd.domain.messages.messages import seen_message
from chatd.domain.paging import Page
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import MEMBERS
from chatd.domain.stream import emit, note
from chatd.domain.users.people import acting, acting_user
from chatd.errors import LimitExceeded
from chatd.model import Actor, Channel, Message
from chatd.store import tables
from chatd.store.transaction import Transaction

MAX_SAVED: Final = 5000
# When there are too many, so many of the oldest are looked at for some that nobody can see any more.
LOOKED_AT: Final = 200


class Add(Input, frozen=True):
    """A message to put aside."""

    channel_url: ChannelUrl
    message_id: MessageId
    user_id: OptionalUserId = ""


class Remove(Input, frozen=True):
    """A message to keep aside no longer; it may be gone."""

    message_id: MessageId
    user_id: OptionalUserId = ""


class List(Wanted, frozen=True, kw_only=True):
    """A page of what the caller put aside, of all channels or of one."""

    channel_url: OptionalChannelUrl = ""
    user_id: OptionalUserId = ""
    token: PageToken = ""
    limit: PageLimit = 20


@command(
    "saved.add",
    Right.BOTH,
    Kind.WRITE,
    roles=MEMBERS,
    example={"channel_url": "garden", "message_id": "$message"},
    result=shapes.SavedMessage,
)
def add(txn: Transaction, actor: Actor, input: Add) -> Resource:
    """Put a message aside; what is there already stays where it is."""
    reader = acting(txn, actor, input.user_id)
    user = reader.user or 0
    channel = visible_channel(txn, reader, input.channel_url)
    message = seen_message(txn, user, channel, input.message_id)
    saved = txn.get(tables.SAVED, user, message.message_id)
    if saved is None:
        _make_room(txn, user)
        emit(txn, events.MessageSaved(user, channel.number, message.message_id))
        saved = txn.require(tables.SAVED, user, message.message_id)
    return _shown(txn, message, channel, saved, Wanted())


@command("saved.remove", Right.BOTH, Kind.WRITE, example={"message_id": "$message"}, result=shapes.Empty)
def remove(txn: Transaction, actor: Actor, input: Remove) -> Resource:
    """Keep a message aside no longer; it is no error when it was not."""
    user = acting_user(txn, actor, input.user_id).number
    if txn.get(tables.SAVED, user, input.message_id) is not None:
        _remove(txn, user, input.message_id)
    return {}


@command(
    "saved.list", Right.BOTH, Kind.SCAN, example={"limit": 10, "include_reactions": True}, result=shapes.SavedMessages
)
def list_saved(txn: Transaction, actor: Actor, input: List) -> Resource:
    """What the caller put aside and may still read; the last first."""
    reader = acting(txn, actor, input.user_id)
    user = reader.user or 0
    only = visible_channel(txn, reader, input.channel_url).number if input.channel_url else 0
    page = Page(input.token, input.limit, (int,))
    for (_, sequence), message_id in txn.scan(tables.SAVED_ORDER, user, start=page.start, reverse=True):
        message = current_message(txn, message_id)
        channel = _readable(txn, user, message)
        if message is None or channel is None or only not in (0, channel.number):
            continue
        if not page.add((sequence,), _shown(txn, message, channel, sequence, input)):
            break
    return {"saved": page.items, "next": page.next}


def _readable(txn: Transaction, user: int, message: Message | None) -> Channel | None:
    """The channel of a message that is still there and that a user may read."""
    if message is None or message.is_removed:
        return None
    channel = txn.get(tables.CHANNELS, message.channel)
    if channel is None or channel.is_public or txn.get(tables.MEMBERS, channel.number, user) is not None:
        return channel
    return None


def _make_room(txn: Transaction, user: int) -> None:
    """Raise LimitExceeded when a user has put too many aside, of which those that cannot be read any more go first."""
    oldest = txn.scan(tables.SAVED_ORDER, user)
    messages = [message for _, message in islice(oldest, MAX_SAVED)]
    if len(messages) < MAX_SAVED:
        return
    gone = [each for each in messages[:LOOKED_AT] if _readable(txn, user, current_message(txn, each)) is None]
    for message in gone:
        _remove(txn, user, message)
    if not gone:
        raise LimitExceeded(f"{MAX_SAVED} messages are saved; remove some.")


def _remove(txn: Transaction, user: int, message_id: int) -> None:
    """Tell the user's devices, unless the channel is gone and there is nothing to say."""
    event = events.MessageUnsaved(user, message_id)
    message = current_message(txn, message_id)
    if message is None or txn.get(tables.CHANNELS, message.channel) is None:
        note(txn, event)
    else:
        emit(txn, event)


def _shown(txn: Transaction, message: Message, channel: Channel, saved: int, wanted: Wanted) -> Resource:
    return {"message": detailed(txn, message, channel, wanted), "saved_at": txn.require(tables.LOG, saved).time}
