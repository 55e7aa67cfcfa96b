"""Giving those who move in, and their channels, a place in an application. Nothing that is there is changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from chatd import events
from chatd.domain.fold.distinct import find_distinct
from chatd.domain.stream import emit
from chatd.model import Channel, User
from chatd.store import tables
from chatd.store.requests import requested
from chatd.store.transaction import Transaction
from chatd.transfer.team import Kind, Person, Room, Tally, Team

# How the web chat marks the channel of two people.
DIRECT = "direct"
MAX_REQ_ID = 100


class Settled:
    """Who and what has its place: numbers of users and channels by key.

    `made` are channels that an import made, so that all that is in them by then came from it.
    """

    def __init__(self) -> None:
        self.users: dict[str, int] = {}
        self.channels: dict[str, int] = {}
        self.made: set[str] = set()

    def settle_people(self, txn: Transaction, people: Iterable[Person], tally: Tally) -> None:
        """Find those who are here under their ids, and make users of the others."""
        for person in people:
            number = _found(txn, person)
            if number is None:
                emit(txn, events.UserCreated(_user(person, _free_id(txn, person))))
                number = txn.head.sequence
                tally.imported["users"] += 1
            else:
                tally.present["users"] += 1
            self.users[person.key] = number

    def settle_room(self, txn: Transaction, room: Room, team: Team, tally: Tally, source: str) -> None:
        """Find a room that was imported before, or that is to be one with a channel that is here, or make it."""
        creator = self.users.get(room.creator, 0)
        req_id = _req_id(source, room)
        members = tuple(self.users[key] for key in room.members)
        is_distinct = room.kind is Kind.DIRECT and team.authors.get(room.key, set()) <= set(room.members)
        number = requested(txn, creator, req_id)
        if number is not None:
            self._found_again(txn, room, number, tally)
            return
        number = _same_channel(txn, room, members, is_distinct)
        if number is not None:
            self.channels[room.key] = number
            self._join(txn, number, members)
            tally.present["channels"] += 1
            return
        channel = _channel(txn, room, creator, is_distinct)
        operators = tuple(self.users[key] for key in room.operators)
        emit(txn, events.ChannelCreated(channel, members, operators, req_id))
        self.channels[room.key] = txn.head.sequence
        self.made.add(room.key)
        tally.imported["channels"] += 1

    def _found_again(self, txn: Transaction, room: Room, number: int, tally: Tally) -> None:
        if txn.get(tables.CHANNELS, number) is None:
            tally.left_out["channels that were imported before, and deleted since"] += 1
            return
        self.channels[room.key] = number
        self.made.add(room.key)
        tally.present["channels"] += 1

    def _join(self, txn: Transaction, channel: int, members: tuple[int, ...]) -> None:
        new = tuple(user for user in members if txn.get(tables.MEMBERS, channel, user) is None)
        if new:
            emit(txn, events.MemberJoined(channel, new))


def _req_id(source: str, room: Room) -> str:
    key = f"{source}:{room.key}"
    return key if len(key) <= MAX_REQ_ID else f"{source}:{hashlib.sha256(key.encode()).hexdigest()}"


def _found(txn: Transaction, person: Person) -> int | None:
    """The user that a person is. Who left elsewhere is not somebody of the same id who is active here."""
    number = txn.get(tables.USER_IDS, person.user_id)
    if number is None or person.is_active or not txn.require(tables.USERS, number).is_active:
        return number
    return txn.get(tables.USER_IDS, _other_id(person))


def _free_id(txn: Transaction, person: Person) -> str:
    return person.user_id if txn.get(tables.USER_IDS, person.user_id) is None else _other_id(person)


def _other_id(person: Person) -> str:
    return f"{person.user_id[:68]}-deactivated"


def _user(person: Person, user_id: str) -> User:
    return User(
        0, user_id, person.nickname, "", person.created_at, metadata=person.metadata, is_active=person.is_active
    )


def _same_channel(txn: Transaction, room: Room, members: tuple[int, ...], is_distinct: bool) -> int | None:
    """A channel that is here and is the same: the one of these people, or a public one with this URL."""
    if is_distinct:
        return find_distinct(txn, members, _custom_type(room))
    if room.kind is not Kind.PUBLIC:
        return None
    number = txn.get(tables.CHANNEL_URLS, room.channel_url)
    return number if number is not None and txn.require(tables.CHANNELS, number).is_public else None


def _channel(txn: Transaction, room: Room, creator: int, is_distinct: bool) -> Channel:
    is_public = room.kind is Kind.PUBLIC
    url = _free_url(txn, room.channel_url if is_public else room.own_url, room.own_url)
    return Channel(
        0,
        url,
        room.name,
        "",
        _custom_type(room),
        room.data,
        room.created_at,
        creator,
        is_distinct=is_distinct,
        is_public=is_public,
    )


def _custom_type(room: Room) -> str:
    return DIRECT if room.kind is Kind.DIRECT and len(room.members) <= 2 else ""


def _free_url(txn: Transaction, url: str, own: str) -> str:
    number = 1
    while txn.get(tables.CHANNEL_URLS, url) is not None:
        url = own if number == 1 else f"{own[:90]}-{number}"
        number += 1
    return url
