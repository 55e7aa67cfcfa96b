"""Who may see whether somebody is online."""

from __future__ import annotations

import pytest

from chatd.domain.users.presence_preference import Viewer, viewers_of
from chatd.store import tables
from chatd.store.transaction import Transaction
from tests.domain.conftest import World

# Who of the others sees ann, who shares a channel with bob.
EXPECTED = {"everybody": {"ann", "bob", "cid"}, "contacts": {"ann", "bob"}, "nobody": {"ann"}}


@pytest.fixture
def home(world: World) -> World:
    world.users("ann", "bob", "cid")
    world.client("ann", "channels.create", channel_url="room", user_ids=["bob"])
    return world


def seen_by(world: World) -> set[str]:
    """Who sees ann, in both ways of asking, which have to agree."""
    ann = world.actor("ann").user or 0
    numbers = {world.actor(user_id).user or 0: user_id for user_id in ("ann", "bob", "cid")}

    def look(txn: Transaction) -> tuple[set[int], set[int]]:
        return {each for each in numbers if Viewer(txn, each).sees(ann)}, viewers_of(txn, ann, numbers)

    one, other = world.store.read(world.application, look)
    assert one == other
    return {numbers[each] for each in one}


def test_it_is_everybody_unless_something_else_is_said(home: World) -> None:
    assert home.client("ann", "users.view_presence_preference") == {"visible_to": "everybody"}
    assert seen_by(home) == EXPECTED["everybody"]


@pytest.mark.parametrize("visible_to", EXPECTED)
def test_it_is_seen_by_whom_it_may_be(home: World, visible_to: str) -> None:
    home.client("ann", "users.update_presence_preference", visible_to=visible_to)
    assert home.client("ann", "users.view_presence_preference") == {"visible_to": visible_to}
    assert seen_by(home) == EXPECTED[visible_to]
    ann = home.actor("ann").user or 0
    assert home.store.read(home.application, lambda txn: Viewer(txn, None).sees(ann))


def test_contacts_are_those_of_the_moment(home: World) -> None:
    home.client("ann", "users.update_presence_preference", visible_to="contacts")
    home.client("ann", "channels.invite", channel_url="room", user_ids=["cid"])
    assert seen_by(home) == {"ann", "bob", "cid"}
    home.client("bob", "channels.leave", channel_url="room")
    assert seen_by(home) == {"ann", "cid"}
    home.client("ann", "channels.delete", channel_url="room")
    assert seen_by(home) == {"ann"}


def test_of_who_is_deleted_nothing_is_kept(home: World) -> None:
    home.client("ann", "users.update_presence_preference", visible_to="nobody")
    home.backend("users.delete", user_id="ann")
    assert home.store.read(home.application, lambda txn: list(txn.scan(tables.PRESENCE_PREFERENCES))) == []
