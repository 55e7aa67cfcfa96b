"""How users come into a channel: at once or by an invitation, and as long as there is room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from chatd import events
from chatd.domain.channels.named_users import Status
from chatd.domain.messages.auto_messages import say
from chatd.domain.moderation.sanctions import check_banned
from chatd.domain.stream import emit
from chatd.domain.users.invitation_preference import auto_accepts
from chatd.errors import TooManyItems
from chatd.model import Actor, Channel, Invitee
from chatd.store import tables
from chatd.store.transaction import Transaction

MAX_MEMBERS: Final = 100
MAX_SUPER_MEMBERS: Final = 50_000


class Sorted(NamedTuple):
    """Users who are brought in: who joins at once, and who is asked."""

    joining: tuple[int, ...]
    invitees: tuple[Invitee, ...]


def sort_out(txn: Transaction, actor: Actor, users: Iterable[int], statuses: Mapping[str, Status]) -> Sorted:
    """Who joins and who is asked: as each prefers. Anybody may have them asked, only a backend has them join anyway."""
    if not statuses:
        joining = tuple(user for user in users if auto_accepts(txn, user))
        return Sorted(joining, tuple(Invitee(user) for user in users if user not in joining))
    joins, invitees = [], []
    for user in users:
        status = statuses.get(txn.require(tables.USERS, user).user_id)
        if status in (None, "joined") and ((status and actor.user is None) or auto_accepts(txn, user)):
            joins.append(user)
        else:
            invitees.append(Invitee(user, status == "invited_by_friend"))
    return Sorted(tuple(joins), tuple(invitees))


def admit(txn: Transaction, channel: Channel, users: tuple[int, ...], inviter: int = 0) -> None:
    """Make users members; who is one stays so. Raises Banned, and TooManyItems."""
    new = tuple(user for user in users if txn.get(tables.MEMBERS, channel.number, user) is None)
    for user in new:
        check_banned(txn, channel, user)
    strangers = [user for user in new if txn.get(tables.INVITATIONS, channel.number, user) is None]
    check_room(txn, channel, len(strangers))
    if new:
        emit(txn, events.MemberJoined(channel.number, new, inviter))
        say(txn, channel.number, "user_join", new, inviter)


def ask(txn: Transaction, channel: Channel, invitees: tuple[Invitee, ...], inviter: int) -> None:
    """Invite users; who is a member or invited stays so. Raises Banned, and TooManyItems."""
    new = tuple(invitee for invitee in invitees if not belongs(txn, channel.number, invitee.user))
    for invitee in new:
        check_banned(txn, channel, invitee.user)
    check_room(txn, channel, len(new))
    if new:
        emit(txn, events.UsersInvited(channel.number, new, inviter))
        tell_invitees(txn, channel.number, new)
        say(txn, channel.number, "user_invite", tuple(invitee.user for invitee in new), inviter)


def tell_invitees(txn: Transaction, channel: int, invitees: tuple[Invitee, ...]) -> None:
    """Tell those who were invited, each on the own devices."""
    for invitee in invitees:
        emit(txn, events.InvitationReceived(invitee.user, channel))


def end_invitations(txn: Transaction, channel: Channel, users: tuple[int, ...], reason: str) -> None:
    """End open invitations to a channel: `declined` by each, or `canceled`."""
    emit(txn, events.InvitationsEnded(channel.number, users, reason))
    for user in users:
        emit(txn, events.InvitationEnded(user, channel.channel_url, reason))


def belongs(txn: Transaction, channel: int, user: int) -> bool:
    """Whether a user is a member of a channel or invited to it."""
    return txn.get(tables.MEMBERS, channel, user) is not None or txn.get(tables.INVITATIONS, channel, user) is not None


def check_room(txn: Transaction, channel: Channel, more: int) -> None:
    """Raise TooManyItems when a channel has no room for so many more members and invited users."""
    if more and member_count(txn, channel.number) + more > room(is_super=channel.is_super):
        raise TooManyItems(f"The channel has room for {room(is_super=channel.is_super)} members.")


def member_count(txn: Transaction, channel: int) -> int:
    """How many members a channel has, with those who are invited."""
    joined = txn.require(tables.CHANNEL_STATES, channel).member_count
    return joined + (txn.get(tables.INVITED_COUNTS, channel) or 0)


def room(*, is_super: bool) -> int:
    """How many members a channel may have."""
    return MAX_SUPER_MEMBERS if is_super else MAX_MEMBERS
