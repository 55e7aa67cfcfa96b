"""Muting users in a channel: they see everything, and write nothing."""

from __future__ import annotations

from chatd import events
from chatd.domain import shapes
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import ChannelUrl, OptionalUserId, PageLimit, PageToken, UserId
from chatd.domain.fold.sanctions import MUTES
from chatd.domain.moderation.audit import About, note_act
from chatd.domain.moderation.authority import check_authority, moderated_channel, moderator_of, viewed
from chatd.domain.moderation.sanctions import (
    Description,
    Seconds,
    ends_at,
    mute_of,
    of_channel,
    of_user,
    own_mute_of,
    total,
)
from chatd.domain.paging import Page
from chatd.domain.resources.resource import Resource
from chatd.domain.resources.sanctions import mute_resource, muted_user_resource, outline_for, sanction_resource
from chatd.domain.roles import EVERYBODY, OPERATORS, Role
from chatd.domain.stream import emit
from chatd.domain.users.people import acting_user, find_user
from chatd.model import Actor, Channel
from chatd.store.transaction import Transaction


class Add(Input, frozen=True):
    """Whom to mute, for how many seconds (-1: ten years), and why. `agent_id` is for whom a backend does it."""

    channel_url: ChannelUrl
    user_id: UserId
    seconds: Seconds = -1
    description: Description = ""
    agent_id: OptionalUserId = ""


class Remove(Input, frozen=True):
    """Who may write again."""

    channel_url: ChannelUrl
    user_id: UserId
    agent_id: OptionalUserId = ""


class View(Input, frozen=True):
    """Whose mute to look at; a client's own without `user_id`."""

    channel_url: ChannelUrl
    user_id: OptionalUserId = ""


class List(Input, frozen=True):
    """A page of the users who are muted in a channel."""

    channel_url: ChannelUrl
    token: PageToken = ""
    limit: PageLimit = 10
    show_total_mute_count: bool = False


class ListChannels(Input, frozen=True):
    """A page of the channels in which a user is muted."""

    user_id: OptionalUserId = ""
    token: PageToken = ""
    limit: PageLimit = 10


@command(
    "mutes.add",
    Right.BOTH,
    Kind.WRITE,
    roles=OPERATORS,
    example={"channel_url": "garden", "user_id": "member", "seconds": 3600, "description": "Too loud"},
    is_idempotent=False,
    result=shapes.Mute,
)
def add(txn: Transaction, actor: Actor, input: Add) -> Resource:
    """Mute a user, whether in the channel or not; who is muted is so from now until another time."""
    channel = moderated_channel(txn, actor, input.channel_url)
    user = find_user(txn, input.user_id).number
    check_authority(txn, actor, channel, user)
    mute(txn, moderator_of(txn, actor, input.agent_id), channel, user, input.seconds, input.description)
    return mute_resource(own_mute_of(txn, channel, user), txn.now)


@command(
    "mutes.remove",
    Right.BOTH,
    Kind.WRITE,
    roles=OPERATORS,
    example={"channel_url": "garden", "user_id": "muted"},
    result=shapes.Empty,
)
def remove(txn: Transaction, actor: Actor, input: Remove) -> Resource:
    """Let a user write again; who is not muted is passed over."""
    channel = moderated_channel(txn, actor, input.channel_url)
    user = find_user(txn, input.user_id).number
    check_authority(txn, actor, channel, user)
    moderator = moderator_of(txn, actor, input.agent_id)
    if own_mute_of(txn, channel, user) is not None:
        emit(txn, events.UserUnmuted(channel.number, user, moderator.user or 0))
        note_act(txn, moderator, "member.unmuted", channel, About(user))
    return {}


@command(
    "mutes.view",
    Right.BOTH,
    Kind.READ,
    roles=OPERATORS | {Role.MUTED},
    example={"channel_url": "garden", "user_id": "muted"},
    result=shapes.Mute,
)
def view(txn: Transaction, actor: Actor, input: View) -> Resource:
    """Whether a user is muted: for the user, for operators and for backends."""
    return mute_resource(viewed(txn, actor, input.channel_url, input.user_id, mute_of).sanction, txn.now)


@command(
    "mutes.list",
    Right.BOTH,
    Kind.SCAN,
    roles=OPERATORS,
    example={"channel_url": "garden", "limit": 20, "show_total_mute_count": True},
    result=shapes.MutedUsers,
)
def list_mutes(txn: Transaction, actor: Actor, input: List) -> Resource:
    """Users who are muted in a channel, those first whose mute ends first."""
    channel = moderated_channel(txn, actor, input.channel_url)
    page = Page(input.token, input.limit, (int, int))
    for each in of_channel(txn, MUTES, channel, page):
        if not page.add(each.place, muted_user_resource(each.user, each.sanction, txn.now)):
            break
    counted = {"total_mute_count": total(txn, MUTES, channel)} if input.show_total_mute_count else {}
    return {"muted_list": page.items, **counted, "next": page.next}


@command(
    "mutes.list_channels",
    Right.BOTH,
    Kind.READ,
    roles=EVERYBODY,
    example={"limit": 20},
    result=shapes.MutedChannels,
)
def list_channels(txn: Transaction, actor: Actor, input: ListChannels) -> Resource:
    """Channels in which a user is muted, those first whose mute ends first."""
    user = acting_user(txn, actor, input.user_id)
    page = Page(input.token, input.limit, (int, int))
    for each in of_user(txn, MUTES, user, page):
        if not page.add(each.place, outline_for(txn, actor, each.channel) | sanction_resource(each.sanction)):
            break
    return {"muted_channels": page.items, "next": page.next}


def mute(
    txn: Transaction, moderator: Actor | None, channel: Channel, user: int, seconds: int, reason: str = ""
) -> None:
    """Mute a user for some seconds, -1 for ten years, from now on; None is the server itself."""
    until = ends_at(txn, seconds)
    by = moderator.user or 0 if moderator is not None else 0
    emit(txn, events.UserMuted(channel.number, user, until, reason, by))
    note_act(txn, moderator, "member.muted", channel, About(user, reason=reason, until=until))
