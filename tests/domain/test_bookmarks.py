"""Saved messages and followed threads go with their message, and with who kept them, a few at a time."""

from __future__ import annotations

from typing import Any

import pytest

from chatd.domain.messages.removal import expire
from chatd.domain.upkeep.purge import purge
from chatd.store import tables
from chatd.store.table import Table
from chatd.store.transaction import Transaction
from tests.domain import erasing
from tests.domain.conftest import World
from tests.domain.test_erasure import places
from tests.domain.test_verify import findings_of

PLACE = {"channel_url": "tea1"}
PEOPLE = ("ann", "bob", "cid", "dan", "eve")
SAVED: tuple[Table[Any], ...] = (tables.SAVED, tables.SAVED_ORDER, tables.SAVERS)
FOLLOWED: tuple[Table[Any], ...] = (tables.FOLLOWED, tables.FOLLOWERS)
INDEX = (tables.SAVERS, tables.FOLLOWERS, tables.REACTED, tables.LOST_MESSAGES, tables.DELETED_USERS)


@pytest.fixture
def tea(world: World) -> World:
    """A message of ann that all have saved, and whose thread all follow; bob has replied to it."""
    world.users(*PEOPLE)
    world.client("ann", "channels.create", **PLACE, user_ids=list(PEOPLE))
    first = send(world, "ann")
    send(world, "bob", parent_message_id=first)
    for user_id in PEOPLE:
        world.client(user_id, "saved.add", **PLACE, message_id=first)
        world.client(user_id, "threads.subscribe", **PLACE, message_id=first)
    return world


def send(world: World, user_id: str, **params: Any) -> int:
    message: int = world.client(user_id, "messages.send", **PLACE, message="hi", **params)["message_id"]
    return message


def rows(world: World, *places: Table[Any]) -> dict[Table[Any], list[Any]]:
    return {table: world.store.read(world.application, lambda txn, t=table: list(txn.scan(t))) for table in places}


def count(world: World, *places: Table[Any]) -> list[int]:
    return [len(found) for found in rows(world, *places).values()]


def first_message(world: World) -> int:
    return int(world.store.read(world.application, lambda txn: next(txn.scan(tables.SAVERS))[0][0]))


def expire_first(world: World) -> None:
    def remove(txn: Transaction) -> None:
        expire(txn, [key for key, _ in txn.scan(tables.TIMELINE)][:1])

    world.write(remove)


def purge_all(world: World, limit: int = 2) -> int:
    steps = 0
    while world.write(purge, limit):
        steps += 1
        assert not findings_of(world.store), findings_of(world.store).examples
    return steps


@pytest.mark.parametrize("by", ["age", "channel", "erasure"])
def test_they_go_with_a_message_that_is_gone(tea: World, by: str) -> None:
    assert count(tea, *SAVED, *FOLLOWED) == [5] * 5
    if by == "age":
        expire_first(tea)
    elif by == "channel":
        tea.backend("channels.delete", **PLACE)
    else:
        tea.backend("privacy.create", user_ids=["ann"])
        for _ in erasing.steps(tea):
            pass
    assert purge_all(tea) >= 5
    assert count(tea, *SAVED, *FOLLOWED, tables.LOST_MESSAGES, tables.DELETED_USERS) == [0] * 7


def test_a_deleted_message_is_saved_no_more_and_its_thread_stays(tea: World) -> None:
    tea.client("ann", "messages.delete", **PLACE, message_id=first_message(tea))
    purge_all(tea)
    assert count(tea, *SAVED, *FOLLOWED, tables.LOST_MESSAGES) == [0, 0, 0, 5, 5, 0]
    expire_first(tea)
    purge_all(tea)
    assert count(tea, *FOLLOWED, tables.LOST_MESSAGES) == [0] * 3


def test_they_go_with_the_user(tea: World) -> None:
    later = send(tea, "ann")
    tea.backend("users.delete", user_id="ann")
    purge_all(tea)
    assert count(tea, *SAVED, *FOLLOWED) == [4] * 5
    # Who began a thread would follow it from the first reply on.
    send(tea, "bob", parent_message_id=later)
    purge_all(tea)
    assert count(tea, *FOLLOWED, tables.DELETED_USERS) == [5, 5, 0]


def test_who_takes_them_back_before_leaves_nothing(tea: World) -> None:
    first = first_message(tea)
    for user_id in PEOPLE:
        tea.client(user_id, "saved.remove", message_id=first)
    tea.client("ann", "messages.delete", **PLACE, message_id=first)
    assert purge_all(tea) == 0


@pytest.mark.parametrize("by", ["age", "deletion"])
def test_what_people_reacted_with_leaves_the_log(tea: World, by: str) -> None:
    first = first_message(tea)
    for user_id in PEOPLE:
        tea.client(user_id, "reactions.add", **PLACE, message_id=first, reaction=f"secret of {user_id}")
    tea.client("eve", "reactions.remove", **PLACE, message_id=first, reaction="secret of eve")
    assert set(places(tea.store, "secret")) == {"log", "reactions"}
    if by == "age":
        expire_first(tea)
    else:
        tea.client("ann", "messages.delete", **PLACE, message_id=first)
    assert purge_all(tea) > 3
    assert places(tea.store, "secret") == []
    assert count(tea, tables.REACTED, tables.LOST_MESSAGES) == [0, 0]


def test_those_to_another_message_stay(tea: World) -> None:
    other = send(tea, "bob")
    tea.client("cid", "reactions.add", **PLACE, message_id=other, reaction="heart")
    expire_first(tea)
    purge_all(tea)
    assert tea.client("bob", "reactions.list", **PLACE, message_id=other) == {"heart": 1}
    assert count(tea, tables.REACTED) == [1]


def test_an_older_file_is_led_to_the_same(tea: World) -> None:
    others = send(tea, "bob"), send(tea, "bob")
    for message_id in others:
        for user_id in ("cid", "dan"):
            tea.client(user_id, "saved.add", **PLACE, message_id=message_id)
    tea.backend("users.delete", user_id="eve")
    for message_id in others:
        tea.client("cid", "reactions.add", **PLACE, message_id=message_id, reaction="+1")
    tea.client("bob", "messages.delete", **PLACE, message_id=others[0])
    expire_first(tea)
    before = rows(tea, *INDEX)
    assert all(before.values())
    tea.upgrade_from(6, INDEX)
    assert rows(tea, *INDEX) == before
    assert not findings_of(tea.store)
    purge_all(tea)
    assert count(tea, *SAVED, *FOLLOWED, tables.LOST_MESSAGES) == [2, 2, 2, 0, 0, 0]
