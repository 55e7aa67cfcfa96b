"""Where an announcement goes: channels, from its cursor on."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import NamedTuple

from chatd.domain.channels.memberships import channels_of
from chatd.model import Announcement
from chatd.store import tables
from chatd.store.transaction import Transaction


class Place(NamedTuple):
    """What stands next: `cursor` is where to go on after it. `user` has no channel with the sender yet, else 0."""

    cursor: int
    channels: tuple[int, ...]
    user: int = 0


def places(txn: Transaction, announcement: Announcement) -> Iterator[Place]:
    """What is left of where an announcement goes."""
    targets = txn.require(tables.ANNOUNCEMENT_TARGETS, announcement.number)
    match announcement.target_at:
        case "target_channels":
            for count, channel in enumerate(targets[announcement.cursor :], announcement.cursor + 1):
                yield Place(count, (channel,))
        case "target_users_only_channels":
            yield from _pairs(txn, announcement, targets)
        case "target_users_included_channels":
            wanted = set(targets)
            for channel in _senders(txn, announcement):
                yield Place(channel, (channel,) if _has_one(txn, channel, wanted) else ())
        case _:
            for channel in _senders(txn, announcement):
                yield Place(channel, (channel,))


def _senders(txn: Transaction, announcement: Announcement) -> list[int]:
    """The channels of the sender that are left."""
    return [channel for channel in channels_of(txn, announcement.sender) if channel > announcement.cursor]


def _pairs(txn: Transaction, announcement: Announcement, targets: tuple[int, ...]) -> Iterator[Place]:
    """The channels of the sender and one other, by target."""
    own = set(channels_of(txn, announcement.sender))
    for count, user in enumerate(targets[announcement.cursor :], announcement.cursor + 1):
        if user == announcement.sender:
            yield Place(count, ())
            continue
        both = tuple(channel for channel in channels_of(txn, user) if channel in own and _members(txn, channel) == 2)
        yield Place(count, both, 0 if both else user)


def _has_one(txn: Transaction, channel: int, users: Set[int]) -> bool:
    """Whether one of some users is a member, looked for among whichever are fewer."""
    if _members(txn, channel) < len(users):
        return any(key[1] in users for key, _ in txn.scan(tables.MEMBERS, channel))
    return any(txn.get(tables.MEMBERS, channel, user) is not None for user in users)


def _members(txn: Transaction, channel: int) -> int:
    return txn.require(tables.CHANNEL_STATES, channel).member_count
