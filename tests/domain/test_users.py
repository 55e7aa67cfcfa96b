"""What users say of themselves: metadata, and a status that ends."""

from __future__ import annotations

from typing import Any

import pytest

from chatd import ids
from chatd.domain import COMMANDS
from chatd.domain.stream import emit
from chatd.domain.users.status import end_statuses, next_status_end
from chatd.errors import (
    AlreadyExists,
    ChatdError,
    InvalidCharacter,
    InvalidValue,
    MissingParameter,
    NotFound,
    OutOfRange,
    TooManyItems,
)
from chatd.events import UserCreated
from chatd.model import User
from chatd.store.transaction import Transaction
from tests.domain.conftest import World


@pytest.mark.parametrize("user_id", [".", ".."])
def test_no_new_user_is_called_what_paths_cannot_hold(world: World, user_id: str) -> None:
    for command, name in (("users.create", "user_id"), ("bots.create", "bot_userid")):
        params = dict(COMMANDS[command].example) | {name: user_id}
        with pytest.raises(InvalidValue, match=f'^"{name}" is neither'):
            world.backend(command, **params)
    # Who was called so before is still found.
    world.write(emit, UserCreated(User(0, user_id, "Dot", "", 0)))
    assert world.backend("users.view", user_id=user_id)["nickname"] == "Dot"


def test_no_new_channel_is_called_what_paths_cannot_hold(world: World) -> None:
    world.users("ann")
    for command in ("channels.create", "open_channels.create"):
        for channel_url in (".", "..", "...."):
            with pytest.raises(ChatdError, match="channel_url"):
                world.backend(command, channel_url=channel_url, user_ids=["ann"])


@pytest.fixture
def home(world: World) -> World:
    world.users("ann", "bob")
    return world


def kinds(world: World) -> list[str]:
    return [each.data["type"] for each in world.told]


def test_metadata_is_created_changed_and_deleted(home: World) -> None:
    assert home.client("ann", "user_metadata.create", metadata={"a": "1", "b": "2"}) == {"a": "1", "b": "2"}
    assert home.client("ann", "user_metadata.update", metadata={"a": "3", "c": "4"}) == {"a": "3"}
    assert home.client("ann", "user_metadata.update", metadata={"c": "4"}, upsert=True) == {"c": "4"}
    assert home.client("bob", "user_metadata.view", user_id="ann") == {"a": "3", "b": "2", "c": "4"}
    assert home.client("bob", "user_metadata.view", user_id="ann", keys=["c", "d"]) == {"c": "4"}
    assert home.backend("user_metadata.update", user_id="ann", metadata={"b": "5"}) == {"b": "5"}
    assert home.client("ann", "user_metadata.delete", key="b") == {}
    assert home.client("bob", "users.view", user_id="ann")["metadata"] == {"a": "3", "c": "4"}
    home.client("ann", "user_metadata.delete")
    assert home.client("ann", "user_metadata.view", user_id="ann") == {}


REFUSED: list[tuple[str, dict[str, Any], type[ChatdError]]] = [
    ("create", {"metadata": {"a": "2"}}, AlreadyExists),
    ("create", {"metadata": {}}, MissingParameter),
    ("create", {"metadata": dict.fromkeys("bcdef", "x")}, TooManyItems),
    ("create", {"metadata": dict.fromkeys("bcdefg", "x")}, TooManyItems),
    ("create", {"metadata": {"a,b": "x"}}, InvalidCharacter),
    ("update", {"metadata": {}}, MissingParameter),
    ("update", {"metadata": dict.fromkeys("bcdef", "x"), "upsert": True}, TooManyItems),
    ("view", {"user_id": "ann", "key": "b"}, NotFound),
]


@pytest.mark.parametrize(("verb", "params", "error"), REFUSED)
def test_what_cannot_be_said_changes_nothing(
    home: World, verb: str, params: dict[str, Any], error: type[ChatdError]
) -> None:
    home.client("ann", "user_metadata.create", metadata={"a": "1"})
    with pytest.raises(error):
        home.client("ann", f"user_metadata.{verb}", **params)
    assert home.client("ann", "user_metadata.view", user_id="ann") == {"a": "1"}


def test_who_is_deactivated_is_still_described_by_backends(home: World) -> None:
    home.backend("users.update", user_id="ann", is_active=False)
    home.backend("user_metadata.create", user_id="ann", metadata={"why": "left"})
    assert home.backend("users.view", user_id="ann")["metadata"] == {"why": "left"}


def test_a_status_is_shown_until_it_ends(home: World) -> None:
    end = ids.now_ms() + 60_000
    said = home.client("ann", "users.set_status", text="Lunch", emoji="\N{SUSHI}", expires_at=end)
    assert said == {"text": "Lunch", "emoji": "\N{SUSHI}", "expires_at": end}
    assert home.client("bob", "users.view", user_id="ann")["status"] == said
    assert home.store.read(home.application, next_status_end) == end
    before = len(home.told)
    home.write(at, end - 1)
    assert len(home.told) == before
    home.write(at, end)
    assert kinds(home)[before:] == ["user.updated"]
    assert home.client("bob", "users.view", user_id="ann")["status"] == {"text": "", "emoji": "", "expires_at": 0}
    assert home.store.read(home.application, next_status_end) is None


def at(txn: Transaction, time: int) -> None:
    txn.now = time
    end_statuses(txn, 10)


def test_a_status_that_is_changed_ends_when_the_last_one_says(home: World) -> None:
    end = ids.now_ms() + 60_000
    home.client("ann", "users.set_status", text="Lunch", expires_at=end)
    home.client("ann", "users.set_status", text="Tea")
    assert home.store.read(home.application, next_status_end) is None
    home.client("ann", "users.set_status")
    assert home.client("ann", "users.me")["status"]["text"] == ""
    with pytest.raises(OutOfRange):
        home.client("ann", "users.set_status", text="Late", expires_at=1)


def test_many_statuses_end_some_at_a_time(home: World) -> None:
    for user_id in ("ann", "bob"):
        home.client(user_id, "users.set_status", text="Soon", expires_at=ids.now_ms() + 1000)

    def later(txn: Transaction) -> bool:
        txn.now += 2000
        return end_statuses(txn, 1)

    assert [home.write(later) for _ in range(3)] == [True, True, False]
