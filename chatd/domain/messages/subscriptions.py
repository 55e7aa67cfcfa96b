"""Threads that users follow: those in which they have replied, that they began, or that they chose."""

from __future__ import annotations

from collections.abc import Iterator

from chatd import events
from chatd.domain import shapes
from chatd.domain.channels.access import member_channel
from chatd.domain.channels.settings import seen_after
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import ChannelUrl, MessageId, OptionalChannelUrl, OptionalUserId, PageLimit, PageToken
from chatd.domain.fold.stored import current_message
from chatd.domain.messages.details import Wanted, detailed, thread_info
from chatd.domain.messages.following import unread_replies
from chatd.domain.messages.messages import find_message, seen_message
from chatd.domain.messages.threads import check_parent, find_thread
from chatd.domain.paging import Page
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import MEMBERS
from chatd.domain.stream import emit
from chatd.domain.users.people import acting
from chatd.errors import InvalidValue
from chatd.model import Actor, Channel, Following
from chatd.store import tables
from chatd.store.transaction import Transaction

NOT_FOLLOWED = Following(0, False)

# When the last reply came, and the message that began the thread.
Place = tuple[int, int]


class Which(Input, frozen=True):
    """The thread of a message."""

    channel_url: ChannelUrl
    message_id: MessageId
    user_id: OptionalUserId = ""


class MarkRead(Input, frozen=True):
    """How far the thread of a message has been read: to a reply, or to its end."""

    channel_url: ChannelUrl
    message_id: MessageId
    reply_id: MessageId = 0
    user_id: OptionalUserId = ""


class List(Wanted, frozen=True, kw_only=True):
    """A page of the threads that the caller follows, of all channels or of one."""

    channel_url: OptionalChannelUrl = ""
    only_unread: bool = False
    user_id: OptionalUserId = ""
    token: PageToken = ""
    limit: PageLimit = 20


THREAD = {"channel_url": "garden", "message_id": "$message"}


@command("threads.view", Right.BOTH, Kind.READ, roles=MEMBERS, example=THREAD, result=shapes.ThreadState)
def view(txn: Transaction, actor: Actor, input: Which) -> Resource:
    """How a thread stands, and whether the caller follows it; the thread of a deleted message too."""
    channel, user = _place_of(txn, actor, input)
    return _state(txn, user, channel, find_thread(txn, channel, input.message_id))


@command("threads.subscribe", Right.BOTH, Kind.WRITE, roles=MEMBERS, example=THREAD, result=shapes.FollowedThread)
def subscribe(txn: Transaction, actor: Actor, input: Which) -> Resource:
    """Follow a thread; what was said in it before counts as read."""
    return _change(txn, actor, input, is_followed=True)


@command("threads.unsubscribe", Right.BOTH, Kind.WRITE, roles=MEMBERS, example=THREAD, result=shapes.FollowedThread)
def unsubscribe(txn: Transaction, actor: Actor, input: Which) -> Resource:
    """Follow a thread no longer, until the next own reply."""
    return _change(txn, actor, input, is_followed=False)


@command("threads.mark_read", Right.BOTH, Kind.WRITE, roles=MEMBERS, example=THREAD, result=shapes.FollowedThread)
def mark_read(txn: Transaction, actor: Actor, input: MarkRead) -> Resource:
    """Move the caller's mark in a thread forward; it never moves back. A thread that is not followed has none."""
    channel, user = _place_of(txn, actor, input)
    following = _known(txn, channel, user, input.message_id)
    parent = find_message(txn, channel, input.message_id).message_id
    place = _place(txn, channel, parent, input.reply_id)
    if following is not None and place > (following.read_at, following.read_reply):
        emit(txn, events.ThreadRead(user, channel.number, parent, *place))
    return _shown(txn, user, channel, parent, Wanted())


@command(
    "threads.list", Right.BOTH, Kind.SCAN, example={"only_unread": True, "limit": 10}, result=shapes.FollowedThreads
)
def list_threads(txn: Transaction, actor: Actor, input: List) -> Resource:
    """The followed threads of channels in which the caller is; those with the newest replies first."""
    reader = acting(txn, actor, input.user_id)
    user = reader.user or 0
    channel = member_channel(txn, reader, input.channel_url).number if input.channel_url else 0
    page = Page(input.token, input.limit, (int, int))
    for place, following in sorted(_followed(txn, user, channel), reverse=True, key=lambda each: each[0]):
        if page.start is not None and place > page.start:
            continue
        if input.only_unread and not unread_replies(txn, user, place[1], following):
            continue
        if not page.add(place, _shown(txn, user, txn.require(tables.CHANNELS, following.channel), place[1], input)):
            break
    return {"threads": page.items, "next": page.next}


def _change(txn: Transaction, actor: Actor, input: Which, *, is_followed: bool) -> Resource:
    channel, user = _place_of(txn, actor, input)
    before = _known(txn, channel, user, input.message_id)
    check_parent(txn, None, channel, user, input.message_id)
    # Who began it would follow it from the first reply on: what they say before that counts too.
    begins = before is None and find_message(txn, channel, input.message_id).sender == user
    if begins or (before or NOT_FOLLOWED).is_followed != is_followed:
        emit(txn, events.ThreadFollowed(user, channel.number, input.message_id, is_followed))
    return _shown(txn, user, channel, input.message_id, Wanted())


def _known(txn: Transaction, channel: Channel, user: int, message_id: int) -> Following | None:
    """What a user has of a thread. Raises NotFound for one that they have never seen.

    Who has followed it has seen it, though they may have reset their history since.
    """
    following = txn.get(tables.FOLLOWED, user, message_id)
    if following is None:
        seen_message(txn, user, channel, message_id)
    return following


def _place_of(txn: Transaction, actor: Actor, input: Which | MarkRead) -> tuple[Channel, int]:
    """The channel of a thread, and the user whose thread it is."""
    reader = acting(txn, actor, input.user_id)
    return member_channel(txn, reader, input.channel_url), reader.user or 0


def _place(txn: Transaction, channel: Channel, parent: int, reply_id: int) -> Place:
    """Where a reply is in its thread; the last one when none is named."""
    if not reply_id:
        last = next(txn.scan(tables.REPLIES, parent, reverse=True), None)
        return (last[0][1], last[0][2]) if last is not None else (0, 0)
    reply = find_message(txn, channel, reply_id)
    if reply.parent != parent:
        raise InvalidValue('"reply_id" is of no reply to the message.')
    return reply.created_at, reply_id


def _followed(txn: Transaction, user: int, channel: int) -> Iterator[tuple[Place, Following]]:
    """The threads that a user follows and may see, each with the place of its last reply, in the order of messages."""
    is_in: dict[int, bool] = {}
    for (_, parent), following in txn.scan(tables.FOLLOWED, user):
        if not following.is_followed or channel not in (0, following.channel):
            continue
        if txn.get(tables.LOST_MESSAGES, parent):  # the message is gone, and what is kept of it goes a little later
            continue
        if following.channel not in is_in:
            is_in[following.channel] = _is_member(txn, following.channel, user)
        last = next(txn.scan(tables.REPLIES, parent, reverse=True), None) if is_in[following.channel] else None
        if last is not None and last[0][1:] > seen_after(txn, user, following.channel):
            yield (last[0][1], parent), following


def _is_member(txn: Transaction, channel: int, user: int) -> bool:
    """A deleted channel has members until it is taken apart."""
    return txn.get(tables.CHANNELS, channel) is not None and txn.get(tables.MEMBERS, channel, user) is not None


def _shown(txn: Transaction, user: int, channel: Channel, parent: int, wanted: Wanted) -> Resource:
    message = current_message(txn, parent)
    shown = detailed(txn, message, channel, wanted) if message is not None else {}
    return {**_state(txn, user, channel, parent), "parent_message": shown}


def _state(txn: Transaction, user: int, channel: Channel, parent: int) -> Resource:
    following = txn.get(tables.FOLLOWED, user, parent)
    return {
        "channel_url": channel.channel_url,
        "message_id": parent,
        "thread_info": thread_info(txn, parent),
        "is_followed": following is not None and following.is_followed,
        "unread_reply_count": unread_replies(txn, user, parent, following) if following is not None else 0,
    }
