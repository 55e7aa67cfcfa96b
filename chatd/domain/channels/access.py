"""Who may see and change what in a channel."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, Literal

from chatd.domain.channels.open_access import check_entering, group, operated_open, operates_open
from chatd.domain.fields import MAX_CHANNEL_URL
from chatd.domain.moderation.sanctions import check_banned, check_type_banned
from chatd.domain.moderation.type_sanctions import operates_type, type_operators
from chatd.errors import Forbidden, NotFound
from chatd.model import Actor, Channel, Member
from chatd.store import tables
from chatd.store.transaction import Transaction

Find = Callable[[Transaction, Actor, str], Channel]

Deed = Literal["send", "send_files", "mention_channel", "invite", "edit_channel", "pin", "react"]
"""What members may do or not, as permissions say. Operators and backends may."""

# Where no permission says it, members do these only when nobody operates the channel.
_FOR_OPERATORS: Final = ("edit_channel", "pin")


def find_channel(txn: Transaction, channel_url: str) -> Channel:
    """The channel at a URL. Raises NotFound."""
    number = txn.get(tables.CHANNEL_URLS, channel_url)
    if number is None:
        raise NotFound("Channel")
    return txn.require(tables.CHANNELS, number)


def check_channel_type(txn: Transaction, channel_url: str, is_open: bool) -> None:
    """Raise NotFound when a channel is not of the kind that its caller takes it for."""
    if len(channel_url) > MAX_CHANNEL_URL or find_channel(txn, channel_url).is_open != is_open:
        raise NotFound("Channel")


def visible_channel(txn: Transaction, actor: Actor, channel_url: str) -> Channel:
    """A channel that the caller may read: a member's own, a public or an open one, any for a backend.

    Visitors read only their own.

    Raises NotFound also for a channel that the caller may not know of, and Banned for one that they know.
    """
    channel = find_channel(txn, channel_url)
    if channel.is_open:
        check_entering(txn, actor, channel)
        return channel
    if actor.user is None:
        return channel
    is_member = txn.get(tables.MEMBERS, channel.number, actor.user) is not None
    if not (is_member or (channel.is_public and not actor.is_visitor)):
        raise NotFound("Channel")
    # Who is banned from a custom type may be a member for a moment longer.
    if channel.is_public or channel.custom_type:
        check_banned(txn, channel, actor.user)
    return channel


def may_know(txn: Transaction, actor: Actor, channel: Channel) -> bool:
    """Whether the caller may see what a channel is called: of a private one its members, the invited and backends."""
    if actor.user is None or channel.is_open or channel.is_public:
        return True
    place = channel.number, actor.user
    return txn.get(tables.MEMBERS, *place) is not None or txn.get(tables.INVITATIONS, *place) is not None


def known_channel(txn: Transaction, actor: Actor, channel_url: str) -> Channel:
    """A group channel that the caller may know of: one that they may read, or to which they are invited.

    Raises NotFound, or Unacceptable for an open channel.
    """
    channel = group(find_channel(txn, channel_url))
    if actor.user is not None and txn.get(tables.INVITATIONS, channel.number, actor.user) is not None:
        return channel
    return visible_channel(txn, actor, channel_url)


def member_channel(txn: Transaction, actor: Actor, channel_url: str) -> Channel:
    """A group channel in which the caller takes part.

    Raises NotFound, Forbidden for a public channel not joined, Unacceptable for an open channel.
    """
    return _taken_part_in(txn, actor, group(find_channel(txn, channel_url)))


def _taken_part_in(txn: Transaction, actor: Actor, channel: Channel) -> Channel:
    if actor.user is None:
        return channel
    if txn.get(tables.MEMBERS, channel.number, actor.user) is not None:
        check_type_banned(txn, channel.custom_type, (actor.user,))
        return channel
    if channel.is_public and not actor.is_visitor:
        raise Forbidden("Only members may do this; join the channel first.")
    raise NotFound("Channel")


def posting_channel(txn: Transaction, actor: Actor, channel_url: str) -> Channel:
    """A channel in which the caller may have messages: one in which it takes part, or an open one."""
    channel = find_channel(txn, channel_url)
    if not channel.is_open:
        return _taken_part_in(txn, actor, channel)
    check_entering(txn, actor, channel)
    return channel


def operates(txn: Transaction, channel: Channel, user: int) -> bool:
    """Whether a user is an operator of a channel of any kind."""
    return operates_open(txn, channel, user) if channel.is_open else is_operator(txn, channel, user)


def editable_channel(txn: Transaction, actor: Actor, channel_url: str, deed: Deed = "edit_channel") -> Channel:
    """A channel that the caller may change: its operators, members who are permitted, and backends.

    Unless something else is said, members are when nobody operates it.
    """
    channel = member_channel(txn, actor, channel_url)
    check_permitted(txn, actor.user or 0, channel, deed)
    return channel


def check_permitted(txn: Transaction, user: int, channel: Channel, deed: Deed) -> None:
    """Raise Forbidden when a user of a channel may not do something there; 0 is a backend, which may."""
    if user and not permits(txn, channel, deed) and not operates(txn, channel, user):
        raise Forbidden(f'Only operators of the channel may do this ("{deed}").')


def permits(txn: Transaction, channel: Channel, deed: Deed) -> bool:
    """Whether those who do not operate a channel may do something there."""
    for number in (channel.number, 0):
        said = txn.get(tables.PERMISSIONS, number)
        if said is not None and deed in said:
            return said[deed]
    return deed not in _FOR_OPERATORS or next(operators_of(txn, channel.number), None) is None


def operated_channel(txn: Transaction, actor: Actor, channel_url: str) -> Channel:
    """A channel of which the caller is an operator; any for a backend."""
    channel = member_channel(txn, actor, channel_url)
    if actor.user is not None and not is_operator(txn, channel, actor.user):
        raise Forbidden("Only operators of the channel may do this.")
    return channel


def acquainted_channel(txn: Transaction, actor: Actor, channel_url: str) -> Channel:
    """A channel of any kind that the caller may know of: an open one, or one as `known_channel` finds it."""
    return _of_any_kind(txn, actor, channel_url, visible_channel, known_channel)


def managed_channel(txn: Transaction, actor: Actor, channel_url: str) -> Channel:
    """A channel of any kind of which the caller is an operator; any for a backend."""
    return _of_any_kind(txn, actor, channel_url, operated_open, operated_channel)


def described_channel(txn: Transaction, actor: Actor, channel_url: str) -> Channel:
    """A channel of any kind of which the caller may say something: an open one operated, or an editable one."""
    return _of_any_kind(txn, actor, channel_url, operated_open, editable_channel)


def _of_any_kind(txn: Transaction, actor: Actor, channel_url: str, open_one: Find, group_one: Find) -> Channel:
    find = open_one if find_channel(txn, channel_url).is_open else group_one
    return find(txn, actor, channel_url)


def operators_of(txn: Transaction, channel: int) -> Iterator[int]:
    """The user numbers of those who operate a channel, ascending: members, and of an open one everybody who can act."""
    found = txn.require(tables.CHANNELS, channel)
    own = (key[1] for key, _ in txn.scan(tables.OPERATORS, channel))
    of_type = type_operators(txn, found.custom_type)
    for user in own if not of_type else sorted({*own, *of_type}):
        if txn.require(tables.USERS, user).is_active if found.is_open else is_operator(txn, found, user):
            yield user


def is_operator(txn: Transaction, channel: Channel, user: int) -> bool:
    """Whether a user is an operator of a group channel: a member who is made one there, or of its custom type."""
    member = txn.get(tables.MEMBERS, channel.number, user)
    return member is not None and operates_as(txn, channel, user, member)


def operates_as(txn: Transaction, channel: Channel, user: int, member: Member) -> bool:
    """Whether a member of a group channel is an operator."""
    return member.is_operator or (bool(channel.custom_type) and operates_type(txn, channel.custom_type, user))


def membership(txn: Transaction, channel: int, user: int) -> Member:
    """A user's membership of a channel. Raises Forbidden when there is none."""
    member = txn.get(tables.MEMBERS, channel, user)
    if member is None:
        raise Forbidden("The user is not a member of the channel.")
    return member
