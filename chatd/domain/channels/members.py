"""Lists of members, page by page along the index of their nicknames."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Final, Literal

from msgspec import Meta

from chatd.domain import shapes
from chatd.domain.channels.access import is_operator, known_channel, operates_as, operators_of
from chatd.domain.channels.admission import belongs
from chatd.domain.channels.settings import settings_of
from chatd.domain.command import Input, Kind, Right, command
from chatd.domain.fields import ChannelUrl, Nickname, OptionalUserId, PageLimit, PageToken, UserId
from chatd.domain.moderation.blocks import has_blocked
from chatd.domain.moderation.sanctions import member_mute_of
from chatd.domain.paging import Page
from chatd.domain.resources.members import invited_resource, member_resource
from chatd.domain.resources.notifications import member_preference_resource
from chatd.domain.resources.resource import Resource
from chatd.domain.roles import ACQUAINTED
from chatd.domain.users.notifying import push_preference
from chatd.domain.users.people import acting_user, find_user
from chatd.errors import Forbidden, InvalidValue
from chatd.model import Actor, Channel, Member, User
from chatd.store import tables
from chatd.store.names import folded
from chatd.store.transaction import Transaction

# A page ends after looking at so many, also when filters left few of them.
MAX_LOOKED_AT: Final = 1000

# Where a member stands in a list: 0, or 1 behind the operators; folded nickname; number.
Place = tuple[int, str, int]


class List(Input, frozen=True):
    """A page of members and invited users; filters combine."""

    channel_url: ChannelUrl
    token: PageToken = ""
    limit: PageLimit = 10
    order: Literal["member_nickname_alphabetical", "operator_then_member_alphabetical"] = "member_nickname_alphabetical"
    operator_filter: Literal["all", "operator", "nonoperator"] = "all"
    member_state_filter: Literal["all", "joined_only", "invited_only"] = "all"
    muted_member_filter: Literal["all", "muted", "unmuted"] = "all"
    member_active_mode_filter: Literal["activated", "deactivated", "all"] = "activated"
    nickname_startswith: Nickname = ""
    user_ids: Annotated[tuple[UserId, ...], Meta(max_length=250)] | None = None
    show_read_receipt: bool = False
    show_delivery_receipt: bool = False
    include_push_preference: bool = False
    user_id: OptionalUserId = ""


class View(Input, frozen=True):
    """A user who may be a member."""

    channel_url: ChannelUrl
    user_id: UserId


@command(
    "members.list",
    Right.BOTH,
    Kind.SCAN,
    people=("members",),
    roles=ACQUAINTED,
    example={"channel_url": "garden", "order": "operator_then_member_alphabetical", "limit": 20},
    result=shapes.Members,
)
def list_members(txn: Transaction, actor: Actor, input: List) -> Resource:
    """Members by nickname, or operators first and then by nickname. A page may be short though more follow."""
    channel = known_channel(txn, actor, input.channel_url)
    show_more = _Shown(txn, actor, channel, input)
    page = Page(input.token, input.limit, (int, str, int), is_stored=False)
    roll = _Roll(txn, channel, input)
    for looked_at, place in enumerate(roll.places(_checked(page.start))):
        if looked_at == MAX_LOOKED_AT:
            page.cut(place)
            break
        resource = roll.resource(place[2])
        if resource is not None and not page.add(place, resource | show_more(place[2])):
            break
    return {"members": page.items, "next": page.next}


@command(
    "members.view",
    Right.BOTH,
    Kind.READ,
    roles=ACQUAINTED,
    example={"channel_url": "garden", "user_id": "member"},
    result=shapes.Membership,
)
def view_member(txn: Transaction, actor: Actor, input: View) -> shapes.Membership:
    """Whether a user is a member."""
    channel = known_channel(txn, actor, input.channel_url)
    user = find_user(txn, input.user_id).number
    is_member = txn.get(tables.MEMBERS, channel.number, user) is not None
    if is_member or not belongs(txn, channel.number, user):
        return {"is_member": is_member, "state": "joined" if is_member else "none"}
    return {"is_member": False, "state": "invited"}


def _checked(start: tuple[int, str, int] | None) -> Place:
    """Where to begin. Raises InvalidValue for a token that was made up."""
    place = start or (0, "", 0)
    if "\0" in place[1] or not 0 <= place[2] < 2**63:
        raise InvalidValue('"token" is not a page token of this list.')
    return place


class _Shown:
    """What more is shown of members, when it is asked for: blocks between them and a user, and what they are told of.

    Whom others have blocked, and how they are notified, is not for clients.
    """

    def __init__(self, txn: Transaction, actor: Actor, channel: Channel, input: List) -> None:
        self._txn = txn
        self._channel = channel
        self._user = acting_user(txn, actor, input.user_id).number if input.user_id else 0
        self._is_backend = actor.user is None
        self._shows_preference = input.include_push_preference
        if self._shows_preference and not self._is_backend:
            raise Forbidden('Only a backend may use "include_push_preference".')

    def __call__(self, number: int) -> Resource:
        shown: Resource = {}
        if self._user:
            shown["is_blocked_by_me"] = has_blocked(self._txn, self._user, number)
        if self._user and self._is_backend:
            shown["is_blocking_me"] = has_blocked(self._txn, number, self._user)
        if self._shows_preference:
            shown |= self._preference(number)
        return shown

    def _preference(self, number: int) -> Resource:
        member = self._txn.get(tables.MEMBERS, self._channel.number, number)
        if member is None:
            return {}
        own = settings_of(self._txn, number, self._channel.number, member.since)
        return member_preference_resource(push_preference(self._txn, number), own)


class _Roll:
    """The members of a channel in an order, and which of them pass the filters."""

    def __init__(self, txn: Transaction, channel: Channel, input: List) -> None:
        self._txn = txn
        self._channel = channel
        self._input = input
        self._prefix = folded(input.nickname_startswith)
        self._leads = input.order == "operator_then_member_alphabetical"

    def places(self, start: Place) -> Iterator[Place]:
        """Those who may be shown, from a place on."""
        if self._input.user_ids is not None:
            yield from self._sorted(self._chosen(self._input.user_ids), start)
            return
        operators = set(operators_of(self._txn, self._channel.number))
        if self._leads or self._input.operator_filter == "operator":
            yield from self._sorted(operators, start)
        if self._input.operator_filter == "operator":
            return
        rank = int(self._leads)
        for name, user in self._named(start[1:] if start[0] == rank else ("", 0)):
            if not self._leads or user not in operators:
                yield rank, name, user

    def resource(self, number: int) -> Resource | None:
        """A member, or an invited user, who passes the filters."""
        user = self._txn.require(tables.USERS, number)
        member = self._txn.get(tables.MEMBERS, self._channel.number, number)
        if not self._passes(user, member):
            return None
        if member is None:
            invitation = self._txn.require(tables.INVITATIONS, self._channel.number, number)
            return invited_resource(self._txn, self._channel, user, invitation)
        read, delivered = self._input.show_read_receipt, self._input.show_delivery_receipt
        return member_resource(self._txn, self._channel, user, member, show_read=read, show_delivery=delivered)

    def _chosen(self, user_ids: tuple[str, ...]) -> list[int]:
        numbers = [self._txn.get(tables.USER_IDS, user_id) for user_id in user_ids]
        return [number for number in numbers if number and belongs(self._txn, self._channel.number, number)]

    def _sorted(self, numbers: Iterable[int], start: Place) -> Iterator[Place]:
        """A few members whose numbers are known."""
        for place in sorted(map(self._place, numbers)):
            if place >= start:
                yield place

    def _place(self, number: int) -> Place:
        is_behind = self._leads and not is_operator(self._txn, self._channel, number)
        return int(is_behind), folded(self._txn.require(tables.USERS, number).nickname), number

    def _named(self, start: tuple[str, int]) -> Iterator[tuple[str, int]]:
        """All members with the sought beginning of their names, from one on."""
        begin = max(start, (self._prefix, 0))
        for (_, name, user), _ in self._txn.scan(tables.MEMBER_NAMES, self._channel.number, start=begin):
            if not name.startswith(self._prefix):
                return
            yield name, user

    def _passes(self, user: User, member: Member | None) -> bool:
        wanted = self._input
        named = self._txn, self._channel, user.number
        is_operator = member is not None and operates_as(*named, member)
        is_muted = member is not None and member_mute_of(*named, member) is not None
        return (
            wanted.member_state_filter in ("all", "joined_only" if member else "invited_only")
            and wanted.operator_filter in ("all", "operator" if is_operator else "nonoperator")
            and wanted.muted_member_filter in ("all", "muted" if is_muted else "unmuted")
            and wanted.member_active_mode_filter in ("all", "activated" if user.is_active else "deactivated")
            and folded(user.nickname).startswith(self._prefix)
        )
