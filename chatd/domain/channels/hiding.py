"""Hiding channels from one's list, and what came before from one's sight."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Meta

from chatd import events
from chatd.domain import shapes
from chatd.domain.channels.access import member_channel, membership
from chatd.domain.channels.named_users import AT_ONCE, known
from chatd.domain.channels.settings import HIDDEN_STATES, hidden, settings_of
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import ChannelUrl, OptionalUserId, UserId
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import MEMBERS
from chatd.domain.stream import emit
from chatd.domain.users.people import acting_user
from chatd.errors import Forbidden, Unacceptable
from chatd.model import Actor, Channel, Member
from chatd.model.settings import HIDDEN, HIDDEN_UNTIL_MESSAGE, UNHIDDEN
from chatd.store import tables
from chatd.store.transaction import Transaction

HiddenState = Literal["unhidden", "hidden_allow_auto_unhide", "hidden_prevent_auto_unhide"]
HiddenStatuses = Annotated[dict[UserId, HiddenState], Meta(max_length=AT_ONCE)]


class Hide(Input, frozen=True):
    """A channel to hide; with `allow_auto_unhide` until a message comes that is not silent.

    A backend names the member, or hides it for all there are now. With `hide_previous_messages` the history is reset
    too.
    """

    channel_url: ChannelUrl
    user_id: OptionalUserId = ""
    allow_auto_unhide: bool = True
    hide_previous_messages: bool = False
    should_hide_all: bool = False


class Unhide(Input, frozen=True):
    """A channel to hide no more; a backend names the member, or all."""

    channel_url: ChannelUrl
    user_id: OptionalUserId = ""
    should_unhide_all: bool = False


class ResetHistory(Input, frozen=True):
    """A channel of which to see only what comes from now on; a backend names the member, or all."""

    channel_url: ChannelUrl
    user_id: OptionalUserId = ""
    reset_all: bool = False


@command(
    "channels.hide",
    Right.BOTH,
    Kind.WRITE,
    roles=MEMBERS,
    example={"channel_url": "garden"},
    result=shapes.Empty,
)
def hide(txn: Transaction, actor: Actor, input: Hide) -> Resource:
    """Take a channel off one's list of channels without leaving it."""
    channel = _channel(txn, actor, input.channel_url, input.should_hide_all)
    if input.should_hide_all:
        if input.hide_previous_messages:
            emit(txn, events.HistoryResetForAll(channel.number))
        emit(txn, events.ChannelHiddenForAll(channel.number, input.allow_auto_unhide))
        return {}
    user, member = _member(txn, actor, channel, input.user_id)
    if input.hide_previous_messages:
        _reset(txn, channel, user, member)
    wanted = HIDDEN_UNTIL_MESSAGE if input.allow_auto_unhide else HIDDEN
    if _hidden(txn, channel, user, member) != wanted:
        emit(txn, events.ChannelHidden(user, channel.number, input.allow_auto_unhide))
    return {}


@command(
    "channels.unhide",
    Right.BOTH,
    Kind.WRITE,
    roles=MEMBERS,
    example={"channel_url": "garden"},
    result=shapes.Empty,
)
def unhide(txn: Transaction, actor: Actor, input: Unhide) -> Resource:
    """Put a channel back on one's list."""
    channel = _channel(txn, actor, input.channel_url, input.should_unhide_all)
    if input.should_unhide_all:
        emit(txn, events.ChannelUnhiddenForAll(channel.number))
        return {}
    user, member = _member(txn, actor, channel, input.user_id)
    if _hidden(txn, channel, user, member) != UNHIDDEN:
        emit(txn, events.ChannelUnhidden(user, channel.number))
    return {}


@command(
    "channels.reset_history",
    Right.BOTH,
    Kind.WRITE,
    roles=MEMBERS,
    example={"channel_url": "garden"},
    is_idempotent=False,
    result=shapes.MessageOffset,
)
def reset_history(txn: Transaction, actor: Actor, input: ResetHistory) -> Resource:
    """See nothing any more of what is in a channel now, and have none of it unread. Others see it as before."""
    channel = _channel(txn, actor, input.channel_url, input.reset_all)
    if input.reset_all:
        emit(txn, events.HistoryResetForAll(channel.number))
    else:
        _reset(txn, channel, *_member(txn, actor, channel, input.user_id))
    return {"ts_message_offset": txn.now}


def hide_as_said(txn: Transaction, actor: Actor, channel: int, statuses: Mapping[str, HiddenState]) -> None:
    """Hide a channel for those who are being brought in, as the request says by user id; unknown ones are passed over.

    Raises Forbidden when a client says it of somebody else.
    """
    for user_id, status in statuses.items():
        if actor.user is not None and user_id != actor.user_id:
            raise Forbidden("Clients hide channels for themselves only.")
        user = known(txn, user_id, False)
        if status != HIDDEN_STATES[UNHIDDEN] and txn.get(tables.MEMBERS, channel, user) is not None:
            emit(txn, events.ChannelHidden(user, channel, status == HIDDEN_STATES[HIDDEN_UNTIL_MESSAGE]))


def _channel(txn: Transaction, actor: Actor, channel_url: str, for_all: bool) -> Channel:
    channel = member_channel(txn, actor, channel_url)
    if for_all and actor.user is not None:
        raise Forbidden("Only a backend may do this for all members.")
    if channel.is_open:
        raise Unacceptable("An open channel has no members.")
    return channel


def _member(txn: Transaction, actor: Actor, channel: Channel, user_id: str) -> tuple[int, Member]:
    user = acting_user(txn, actor, user_id).number
    return user, membership(txn, channel.number, user)


def _hidden(txn: Transaction, channel: Channel, user: int, member: Member) -> int:
    own = settings_of(txn, user, channel.number, member.since)
    return hidden(own, txn.require(tables.CHANNEL_STATES, channel.number))


def _reset(txn: Transaction, channel: Channel, user: int, member: Member) -> None:
    ordinal = txn.require(tables.CHANNEL_STATES, channel.number).ordinal
    if ordinal > member.read_ordinal:
        emit(txn, events.ChannelRead(channel.number, user, ordinal, txn.now))
    emit(txn, events.HistoryReset(user, channel.number))
