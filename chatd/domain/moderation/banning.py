"""Banning users from a channel: they are removed, and may not come back."""

from __future__ import annotations

from chatd import events
from chatd.domain import shapes
from chatd.domain.channels.operators import change_operators
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import ChannelUrl, OptionalUserId, PageLimit, PageToken, UserId
from chatd.domain.fold.sanctions import BANS
from chatd.domain.moderation.audit import About, note_act
from chatd.domain.moderation.authority import check_authority, moderated_channel, moderator_of, viewed
from chatd.domain.moderation.expelling import put_out
from chatd.domain.moderation.sanctions import (
    Description,
    Seconds,
    ban_of,
    ends_at,
    of_channel,
    of_user,
    own_ban_of,
    total,
)
from chatd.domain.paging import Page
from chatd.domain.resources.resource import Resource
from chatd.domain.resources.sanctions import ban_resource, outline_for, sanction_resource
from chatd.domain.roles import EVERYBODY, OPERATORS, Role
from chatd.domain.stream import emit
from chatd.domain.users.people import acting_user, find_user
from chatd.errors import NotFound
from chatd.model import Actor, Channel, Sanction, User
from chatd.store.transaction import Transaction


class Add(Input, frozen=True):
    """Whom to ban, for how many seconds (-1: ten years), and why. `agent_id` is for whom a backend does it."""

    channel_url: ChannelUrl
    user_id: UserId
    seconds: Seconds = -1
    description: Description = ""
    agent_id: OptionalUserId = ""


class Update(Input, frozen=True):
    """For how long from now on, and why, a user is banned who is banned already; what is absent stays."""

    channel_url: ChannelUrl
    user_id: UserId
    seconds: Seconds | None = None
    description: Description | None = None
    agent_id: OptionalUserId = ""


class Remove(Input, frozen=True):
    """Who may come back."""

    channel_url: ChannelUrl
    user_id: UserId
    agent_id: OptionalUserId = ""


class View(Input, frozen=True):
    """Whose ban to look at; a client's own without `user_id`."""

    channel_url: ChannelUrl
    user_id: OptionalUserId = ""


class List(Input, frozen=True):
    """A page of the users who are banned from a channel."""

    channel_url: ChannelUrl
    token: PageToken = ""
    limit: PageLimit = 10
    show_total_ban_count: bool = False


class ListChannels(Input, frozen=True):
    """A page of the channels from which a user is banned."""

    user_id: OptionalUserId = ""
    token: PageToken = ""
    limit: PageLimit = 10


@command(
    "bans.add",
    Right.BOTH,
    Kind.WRITE,
    roles=OPERATORS,
    example={"channel_url": "garden", "user_id": "member", "seconds": 86400, "description": "Spam"},
    is_idempotent=False,
    result=shapes.Ban,
)
def add(txn: Transaction, actor: Actor, input: Add) -> Resource:
    """Ban a user, whether in the channel or not; who is banned is so from now until another time."""
    channel = moderated_channel(txn, actor, input.channel_url)
    user = find_user(txn, input.user_id)
    check_authority(txn, actor, channel, user.number)
    ban(txn, moderator_of(txn, actor, input.agent_id), channel, user.number, input.seconds, input.description)
    return ban_resource(user, _ban(txn, channel, user))


@command(
    "bans.update",
    Right.BOTH,
    Kind.WRITE,
    roles=OPERATORS,
    example={"channel_url": "garden", "user_id": "banned", "description": "Spam, again"},
    result=shapes.Ban,
)
def update(txn: Transaction, actor: Actor, input: Update) -> Resource:
    """Change a ban."""
    channel = moderated_channel(txn, actor, input.channel_url)
    user = find_user(txn, input.user_id)
    moderator = moderator_of(txn, actor, input.agent_id)
    before = _ban(txn, channel, user)
    until = before.until if input.seconds is None else ends_at(txn, input.seconds)
    reason = before.reason if input.description is None else input.description
    if (until, reason) != (before.until, before.reason):
        _impose(txn, moderator, channel, user.number, until, reason)
    return ban_resource(user, _ban(txn, channel, user))


@command(
    "bans.remove",
    Right.BOTH,
    Kind.WRITE,
    roles=OPERATORS,
    example={"channel_url": "garden", "user_id": "banned"},
    result=shapes.Empty,
)
def remove(txn: Transaction, actor: Actor, input: Remove) -> Resource:
    """Let a user come back, which they have to do themselves; who is not banned is passed over."""
    channel = moderated_channel(txn, actor, input.channel_url)
    user = find_user(txn, input.user_id).number
    moderator = moderator_of(txn, actor, input.agent_id)
    if own_ban_of(txn, channel, user) is not None:
        emit(txn, events.UserUnbanned(channel.number, user, moderator.user or 0))
        note_act(txn, moderator, "user.unbanned", channel, About(user))
    return {}


@command(
    "bans.view",
    Right.BOTH,
    Kind.READ,
    roles=OPERATORS | {Role.BANNED},
    example={"channel_url": "garden", "user_id": "banned"},
    result=shapes.Ban,
)
def view(txn: Transaction, actor: Actor, input: View) -> Resource:
    """The ban of a user: for the user, for operators and for backends. NotFound when there is none."""
    found = viewed(txn, actor, input.channel_url, input.user_id, ban_of)
    if found.sanction is None:
        raise NotFound("Ban")
    return ban_resource(found.user, found.sanction)


@command(
    "bans.list",
    Right.BOTH,
    Kind.SCAN,
    roles=OPERATORS,
    example={"channel_url": "garden", "limit": 20, "show_total_ban_count": True},
    result=shapes.Bans,
)
def list_bans(txn: Transaction, actor: Actor, input: List) -> Resource:
    """Users who are banned from a channel, those first whose ban ends first."""
    channel = moderated_channel(txn, actor, input.channel_url)
    page = Page(input.token, input.limit, (int, int))
    for each in of_channel(txn, BANS, channel, page):
        if not page.add(each.place, ban_resource(each.user, each.sanction)):
            break
    counted = {"total_ban_count": total(txn, BANS, channel)} if input.show_total_ban_count else {}
    return {"banned_list": page.items, **counted, "next": page.next}


@command(
    "bans.list_channels",
    Right.BOTH,
    Kind.READ,
    roles=EVERYBODY,
    example={"limit": 20},
    result=shapes.BannedChannels,
)
def list_channels(txn: Transaction, actor: Actor, input: ListChannels) -> Resource:
    """Channels from which a user is banned, those first whose ban ends first; private ones without their names."""
    user = acting_user(txn, actor, input.user_id)
    page = Page(input.token, input.limit, (int, int))
    for each in of_user(txn, BANS, user, page):
        shown = {"channel": outline_for(txn, actor, each.channel)} | sanction_resource(each.sanction)
        if not page.add(each.place, shown):
            break
    return {"banned_channels": page.items, "next": page.next}


def ban(txn: Transaction, moderator: Actor | None, channel: Channel, user: int, seconds: int, reason: str = "") -> None:
    """Ban a user for some seconds, -1 for ten years, from now on; None is the server itself.

    An operator is one no more. A membership ends, and so does an invitation.
    """
    change_operators(txn, moderator, channel, (), (user,))
    _impose(txn, moderator, channel, user, ends_at(txn, seconds), reason)
    put_out(txn, channel, user)


def _impose(txn: Transaction, moderator: Actor | None, channel: Channel, user: int, until: int, reason: str) -> None:
    by = moderator.user or 0 if moderator is not None else 0
    emit(txn, events.UserBanned(channel.number, user, until, reason, by))
    note_act(txn, moderator, "user.banned", channel, About(user, reason=reason, until=until))


def _ban(txn: Transaction, channel: Channel, user: User) -> Sanction:
    found = own_ban_of(txn, channel, user.number)
    if found is None:
        raise NotFound("Ban")
    return found
