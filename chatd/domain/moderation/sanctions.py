"""Who is muted or banned now, and lists of them. What is over counts no more, and is in no list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Final, NamedTuple

from msgspec import Meta

from chatd.domain.fold.sanctions import BANS, MUTES, Register
from chatd.domain.paging import Page
from chatd.errors import Banned, InvalidValue, Muted
from chatd.model import Channel, Sanction, User
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


def mute_of(txn: Transaction, channel: int, user: int) -> Sanction | None:
    """The mute of a user in a channel."""
    return _current(txn, MUTES, channel, user)


def ban_of(txn: Transaction, channel: int, user: int) -> Sanction | None:
    """The ban of a user from a channel."""
    return _current(txn, BANS, channel, user)


def check_muted(txn: Transaction, channel: int, user: int) -> None:
    """Raise Muted when a user may not write in a channel now."""
    mute = mute_of(txn, channel, user)
    if mute is not None:
        raise Muted(f"The user is muted in this channel until {moment(mute.until)}.")


def check_banned(txn: Transaction, channel: int, user: int) -> None:
    """Raise Banned when a user may not be in a channel now."""
    ban = ban_of(txn, channel, user)
    if ban is not None:
        user_id = txn.require(tables.USERS, user).user_id
        raise Banned(f'User "{user_id}" is banned from the channel until {moment(ban.until)}.')


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


def total(txn: Transaction, register: Register, channel: Channel) -> int:
    """How many sanctions there are in a channel."""
    return sum(1 for _ in txn.scan(register.of_channel, channel.number, start=(txn.now + 1, 0)))


def _current(txn: Transaction, register: Register, channel: int, user: int) -> Sanction | None:
    sanction = txn.get(register.records, channel, user)
    return sanction if sanction is not None and sanction.until > txn.now else None


def _begin(txn: Transaction, page: Page) -> Place:
    """Where to begin: after what is over. Raises InvalidValue for a token that was made up."""
    until, number = page.start or (0, 0)
    if not (0 <= until < 2**63 and 0 <= number < 2**63):
        raise InvalidValue('"token" is not a page token of this list.')
    return max((until, number), (txn.now + 1, 0))
