"""Reactions, by example."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest

from chatd import ids
from chatd.domain.messages import reactions
from chatd.errors import Forbidden, InvalidCharacter, NotFound, TooLong, TooManyItems
from tests.domain.conftest import World

CHANNEL = "tea_time"
SMILE = "\N{SMILING FACE WITH OPEN MOUTH}"


@pytest.fixture
def tea(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    clock = count(ids.now_ms())
    monkeypatch.setattr(ids, "now_ms", lambda: next(clock))
    world.users("ann", "bob", "cid")
    world.backend("channels.create", channel_url=CHANNEL, user_ids=["ann", "bob"], is_public=True)
    world.client("ann", "messages.send", channel_url=CHANNEL, message="hello")
    return world


def message_id(world: World) -> int:
    found = world.client("ann", "messages.list", channel_url=CHANNEL, message_ts=0)["messages"]
    number: int = found[0]["message_id"]
    return number


def react(world: World, user_id: str, reaction: str, name: str = "reactions.add") -> Any:
    return world.client(user_id, name, channel_url=CHANNEL, message_id=message_id(world), reaction=reaction)


def shown(world: World) -> list[tuple[str, list[str]]]:
    found = world.client(
        "bob", "messages.view", channel_url=CHANNEL, message_id=message_id(world), include_reactions=True
    )
    return [(reaction["key"], reaction["user_ids"]) for reaction in found["reactions"]]


def test_reactions_come_and_go(tea: World) -> None:
    added = react(tea, "bob", SMILE)
    number = message_id(tea)
    assert added == {
        "user_id": "bob",
        "operation": "ADD",
        "success": True,
        "reaction": SMILE,
        "msg_id": number,
        "updated_at": tea.told[-1].data["updated_at"],
    }
    assert tea.told[-1].data["type"] == "reaction.added"
    react(tea, "ann", "+1")
    react(tea, "ann", SMILE)
    assert shown(tea) == [(SMILE, ["bob", "ann"]), ("+1", ["ann"])]
    counts = tea.client("bob", "reactions.list", channel_url=CHANNEL, message_id=number)
    assert counts == {SMILE: 2, "+1": 1}
    users = tea.client("bob", "reactions.list", channel_url=CHANNEL, message_id=number, list_users=True)
    assert users == {SMILE: ["bob", "ann"], "+1": ["ann"]}
    assert react(tea, "bob", SMILE, "reactions.remove")["operation"] == "DELETE"
    assert tea.told[-1].data["type"] == "reaction.removed"
    assert shown(tea) == [("+1", ["ann"]), (SMILE, ["ann"])]


def test_twice_is_once_and_is_told_once(tea: World) -> None:
    first = react(tea, "bob", SMILE)
    told = len(tea.told)
    assert react(tea, "bob", SMILE) == first
    assert len(tea.told) == told
    react(tea, "bob", SMILE, "reactions.remove")
    told = len(tea.told)
    assert react(tea, "bob", SMILE, "reactions.remove")["success"] is True
    assert len(tea.told) == told


def test_members_react_and_others_look(tea: World) -> None:
    react(tea, "bob", SMILE)
    for name in ("reactions.add", "reactions.remove"):
        with pytest.raises(Forbidden):
            react(tea, "cid", SMILE, name)
    number = message_id(tea)
    assert tea.client("cid", "reactions.list", channel_url=CHANNEL, message_id=number) == {SMILE: 1}
    for user_id, error in (("cid", Forbidden), ("nobody", NotFound)):
        with pytest.raises(error):
            tea.backend("reactions.add", channel_url=CHANNEL, message_id=number, reaction=SMILE, user_id=user_id)


def test_reactions_go_with_their_message(tea: World) -> None:
    react(tea, "bob", SMILE)
    number = message_id(tea)
    tea.client("ann", "messages.delete", channel_url=CHANNEL, message_id=number)
    for name in ("reactions.add", "reactions.remove"):
        with pytest.raises(NotFound):
            tea.client("bob", name, channel_url=CHANNEL, message_id=number, reaction=SMILE)
    removed = tea.client(
        "ann",
        "messages.list",
        channel_url=CHANNEL,
        message_id=number,
        including_removed=True,
        include_reactions=True,
    )
    assert removed["messages"][0]["reactions"] == []


def test_keys_have_limits(tea: World) -> None:
    react(tea, "bob", "x" * 192)
    react(tea, "bob", SMILE * 120)
    for key, error in (("x" * 193, TooLong), (SMILE * 121, TooLong), ("", InvalidCharacter), ("a\0", InvalidCharacter)):
        with pytest.raises(error):
            react(tea, "bob", key)


def test_a_message_has_few_different_reactions(tea: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reactions, "MAX_KEYS", 10)
    for n in range(10):
        react(tea, "bob", f"key{n}")
    with pytest.raises(TooManyItems):
        react(tea, "ann", "one more")
    react(tea, "ann", "key7")
    react(tea, "bob", "key8", "reactions.remove")
    react(tea, "ann", "one more")
