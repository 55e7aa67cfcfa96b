"""Emojis of an application, and reactions that are none of them."""

from __future__ import annotations

import pytest

from chatd.domain.emojis import categories, emojis
from chatd.domain.emojis.known import DEFAULT_EMOJIS
from chatd.errors import AlreadyExists, Forbidden, InvalidValue, LimitExceeded, NotFound
from tests.domain.conftest import World


@pytest.fixture
def tea(world: World) -> World:
    world.users("ann", "bob")
    world.client("ann", "channels.create", channel_url="tearoom", user_ids=["bob"])
    world.client("ann", "messages.send", channel_url="tearoom", message="Tea?")
    return world


def react(world: World, key: str) -> None:
    message = world.backend("messages.list", channel_url="tearoom", message_ts=0)["messages"][0]["message_id"]
    world.client("bob", "reactions.add", channel_url="tearoom", message_id=message, reaction=key)


def add(world: World, category: int, *keys: str) -> None:
    world.backend("emojis.create", emoji_category_id=category, emojis=[{"key": key, "url": f"u/{key}"} for key in keys])


def test_anything_is_a_reaction_until_the_application_says_otherwise(tea: World) -> None:
    react(tea, "whatever")
    tea.backend("reaction_settings.update", only_known_emojis=True)
    with pytest.raises(InvalidValue):
        react(tea, "something")
    react(tea, DEFAULT_EMOJIS[0])
    react(tea, "whatever")  # is there already
    tea.backend("reaction_settings.use_default_emoji", use_default_emoji=False)
    with pytest.raises(InvalidValue):
        react(tea, DEFAULT_EMOJIS[1])
    category = tea.backend("emoji_categories.create", emoji_categories=[{"name": "ours"}])["emoji_categories"][0]["id"]
    add(tea, category, "yo")
    react(tea, "yo")
    tea.backend("emojis.delete", emoji_key="yo")
    assert tea.client("bob", "reactions.add", **last(tea), reaction="yo")["success"]  # stays with who has it
    with pytest.raises(InvalidValue):
        tea.client("ann", "reactions.add", **last(tea), reaction="yo")


def last(world: World) -> dict[str, object]:
    message = world.backend("messages.list", channel_url="tearoom", message_ts=0)["messages"][0]["message_id"]
    return {"channel_url": "tearoom", "message_id": message}


def test_there_may_be_no_reactions(tea: World) -> None:
    react(tea, "yo")
    settings = tea.backend("reaction_settings.update", enabled=False)
    assert settings == {"reactions": False, "only_known_emojis": False, "use_default_emoji": True}
    with pytest.raises(Forbidden):
        react(tea, "no")
    tea.client("bob", "reactions.remove", **last(tea), reaction="yo")


def test_clients_see_all_by_category(tea: World) -> None:
    before = tea.client("ann", "emoji_categories.list")
    assert [each["name"] for each in before["emoji_categories"]] == ["default"]
    made = tea.backend("emoji_categories.create", emoji_categories=[{"name": "one"}, {"name": "two", "url": "t"}])
    first, second = (each["id"] for each in made["emoji_categories"])
    add(tea, second, "b", "a")
    add(tea, first, "c")
    found = tea.client("ann", "emoji_categories.list")
    assert found["emoji_hash"] != before["emoji_hash"]
    assert {each["name"]: [emoji["key"] for emoji in each["emojis"]] for each in found["emoji_categories"]} == {
        "default": list(DEFAULT_EMOJIS),
        "one": ["c"],
        "two": ["a", "b"],
    }
    assert tea.client("bob", "emojis.view", emoji_key="a") == {"key": "a", "url": "u/a"}
    tea.backend("emoji_categories.delete", category_id=second)
    assert [each["key"] for each in tea.client("ann", "emojis.list")["emojis"]] == [*DEFAULT_EMOJIS, "c"]
    again = tea.backend("emoji_categories.create", emoji_categories=[{"name": "three"}])
    assert again["emoji_categories"][0]["id"] not in (first, second)
    tea.backend("reaction_settings.use_default_emoji", use_default_emoji=False)
    assert [each["key"] for each in tea.client("ann", "emojis.list")["emojis"]] == ["c"]


def test_keys_are_once_and_not_too_many(tea: World, monkeypatch: pytest.MonkeyPatch) -> None:
    category = tea.backend("emoji_categories.create", emoji_categories=[{"name": "one"}])["emoji_categories"][0]["id"]
    add(tea, category, "a")
    for keys in (("a",), ("b", "b"), (DEFAULT_EMOJIS[0],)):
        with pytest.raises(AlreadyExists):
            add(tea, category, *keys)
    for number in (0, category + 1):
        with pytest.raises(NotFound):
            add(tea, number, "c")
    monkeypatch.setattr(emojis, "MAX_EMOJIS", 2)
    with pytest.raises(LimitExceeded):
        add(tea, category, "c", "d")
    monkeypatch.setattr(categories, "MAX_CATEGORIES", 1)
    with pytest.raises(LimitExceeded):
        tea.backend("emoji_categories.create", emoji_categories=[{"name": "two"}])
