"""Who is muted or banned now, and lists of them. What is over counts no more, and is in no list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Annotated, Final, NamedTuple

from msgspec import Meta

from chatd.domain.fold.filters import type_key
from chatd.domain.fold.sanctions import BANS, MUTES, Register
from chatd.domain.fold.type_sanctions import TypeRegister
from chatd.domain.moderation.type_sanctions import type_ban_of, type_mute_of
from chatd.domain.paging import Page
from chatd.errors import Banned, InvalidValue, Muted
from chatd.model import Channel, Member, Sanction, User
from chatd.store import tables
from chatd.store.transaction import Transaction

# What is said to be for ever ends after ten years.
FOREVER_SECONDS: Final = 10 * 365 * 24 * 60 * 60

Seconds = Annotated[int, Meta(ge=-1, le=FOREVER_SECONDS)]
Description = Annotated[str, Meta(max_length=250)]

Place = tuple[int, int]


class Listed(NamedTuple):
    """A sanction of a list, and its place in it."""

    place: Place
    user: User
    channel: Channel
    sanction: Sanction


def ends_at(txn: Transaction, seconds: int) -> int:
    """When something ends that begins now, in milliseconds; -1 seconds are ten years. Raises InvalidValue for 0."""
    if seconds == 0:
        raise InvalidValue('"seconds" must not be 0; -1 is for ever.')
    return txn.now + 1000 * (FOREVER_SECONDS if seconds == -1 else seconds)


def own_mute_of(txn: Transaction, channel: Channel, user: int) -> Sanction | None:
    """The mute of a user in this one channel."""
    return _current(txn, MUTES, channel.number, user)


def own_ban_of(txn: Transaction, channel: Channel, user: int) -> Sanction | None:
    """The ban of a user from this one channel."""
    return _current(txn, BANS, channel.number, user)


def mute_of(txn: Transaction, channel: Channel, user: int) -> Sanction | None:
    """The mute of a user that holds in a channel: its own or that of its custom type, whichever ends last."""
    return _last(own_mute_of(txn, channel, user), type_mute_of(txn, channel.custom_type, user))


def ban_of(txn: Transaction, channel: Channel, user: int) -> Sanction | None:
    """The ban of a user that holds in a channel: its own or that of its custom type, whichever ends last."""
    return _last(own_ban_of(txn, channel, user), type_ban_of(txn, channel.custom_type, user))


def member_mute_of(txn: Transaction, channel: Channel, user: int, member: Member) -> Sanction | None:
    """The same as `mute_of` for a member, whose membership says whether the channel's own has to be looked for."""
    own = own_mute_of(txn, channel, user) if member.muted_until > txn.now else None
    return _last(own, type_mute_of(txn, channel.custom_type, user)) if channel.custom_type else own


def check_muted(txn: Transaction, channel: Channel, user: int) -> None:
    """Raise Muted when a user may not write in a channel now."""
    mute = mute_of(txn, channel, user)
    if mute is not None:
        raise Muted(f"The user is muted in this channel until {moment(mute.until)}.")


def check_banned(txn: Transaction, channel: Channel, user: int) -> None:
    """Raise Banned when a user may not be in a channel now."""
    ban = ban_of(txn, channel, user)
    if ban is not None:
        raise _banned(txn, user, ban)


def check_type_banned(txn: Transaction, custom_type: str, users: Iterable[int]) -> None:
    """Raise Banned when one of some users may be in no channel of a custom type now."""
    for user in users if custom_type else ():
        ban = type_ban_of(txn, custom_type, user)
        if ban is not None:
            raise _banned(txn, user, ban)


def moment(milliseconds: int) -> str:
    """A time, as messages for people name it."""
    return datetime.fromtimestamp(milliseconds // 1000, UTC).isoformat()


def of_channel(txn: Transaction, register: Register, channel: Channel, page: Page) -> Iterator[Listed]:
    """The sanctions of a channel by when they end, from where a page begins."""
    for (_, until, number), _ in txn.scan(register.of_channel, channel.number, start=_begin(txn, page)):
        user = txn.require(tables.USERS, number)
        # Of a user who was deleted they are removed a little later.
        if txn.get(tables.USER_IDS, user.user_id) == number:
            sanction = txn.require(register.records, channel.number, number)
            yield Listed((until, number), user, channel, sanction)


def of_user(txn: Transaction, register: Register, user: User, page: Page) -> Iterator[Listed]:
    """The sanctions of a user by when they end, from where a page begins."""
    for (_, until, number), _ in txn.scan(register.of_user, user.number, start=_begin(txn, page)):
        channel = txn.get(tables.CHANNELS, number)
        # Of a channel that was deleted they are removed a little later.
        if channel is not None:
            sanction = txn.require(register.records, number, user.number)
            yield Listed((until, number), user, channel, sanction)


def of_type(
    txn: Transaction, register: TypeRegister, custom_type: str, page: Page
) -> Iterator[tuple[Place, User, Sanction]]:
    """The sanctions of a custom type by when they end, each with its place and its user, from where a page begins."""
    key = type_key(custom_type)
    for (_, until, number), _ in txn.scan(register.ends, key, start=_begin(txn, page)):
        user = txn.require(tables.USERS, number)
        if txn.get(tables.USER_IDS, user.user_id) == number:
            yield (until, number), user, txn.require(register.records, key, number)


def total(txn: Transaction, register: Register, channel: Channel) -> int:
    """How many sanctions there are in a channel."""
    return sum(1 for _ in txn.scan(register.of_channel, channel.number, start=(txn.now + 1, 0)))


def _banned(txn: Transaction, user: int, ban: Sanction) -> Banned:
    user_id = txn.require(tables.USERS, user).user_id
    return Banned(f'User "{user_id}" is banned from the channel until {moment(ban.until)}.')


def _last(own: Sanction | None, common: Sanction | None) -> Sanction | None:
    return max((each for each in (own, common) if each is not None), key=lambda each: each.until, default=None)


def _current(txn: Transaction, register: Register, channel: int, user: int) -> Sanction | None:
    sanction = txn.get(register.records, channel, user)
    return sanction if sanction is not None and sanction.until > txn.now else None


def _begin(txn: Transaction, page: Page) -> Place:
    """Where to begin: after what is over. Raises InvalidValue for a token that was made up."""
    until, number = page.start or (0, 0)
    if not (0 <= until < 2**63 and 0 <= number < 2**63):
        raise InvalidValue('"token" is not a page token of this list.')
    return max((until, number), (txn.now + 1, 0))
