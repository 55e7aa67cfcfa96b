"""What a webhook is told: every category, in the words of the documentation, and nothing that is gone."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from chatd.domain.resources.resource import Resource
from chatd.domain.webhooks.categories import TOLD
from chatd.errors import InvalidValue, MessageBlocked, MissingParameter, Unacceptable
from tests.domain.conftest import World
from tests.domain.delivering import deliver, follow, subscribe

PAGE = (Path(__file__).parents[2] / "docs" / "webhooks.md").read_text("utf-8")


def told(world: World, name: str, by: str = "ann", **params: Any) -> list[Resource]:
    """What is told of a command."""
    world.client(by, name, **params)
    return deliver(world)


def categories_of(payloads: list[Resource]) -> list[str]:
    return [each["category"] for each in payloads]


@pytest.fixture
def kitchen(world: World) -> World:
    world.users("ann", "bob", "cid")
    world.client("ann", "channels.create", channel_url="kitchen", user_ids=["bob"], operator_ids=["ann"])
    return world


def everything(world: World) -> list[Resource]:
    """All that can be told."""
    world.users("dan")
    world.client("cid", "users.update_invitation_preference", auto_accept=False)
    world.client("ann", "channels.create", channel_url="stove", user_ids=["bob"])
    world.client("ann", "channels.update", channel_url="kitchen", name="Galley")
    world.client("ann", "channels.invite", channel_url="kitchen", user_ids=["cid"])
    world.client("cid", "channels.decline", channel_url="kitchen")
    sent = world.client("ann", "messages.send", channel_url="kitchen", message="one")["message_id"]
    one = {"channel_url": "kitchen", "message_id": sent}
    world.client("ann", "messages.update", **one, message="two")
    world.client("bob", "channels.mark_read", channel_url="kitchen")
    world.client("bob", "reactions.add", **one, reaction="+1")
    world.client("bob", "reactions.remove", **one, reaction="+1")
    told = deliver(world)
    world.client("ann", "messages.delete", **one)
    world.client("ann", "channels.freeze", channel_url="kitchen", freeze=True)
    world.client("ann", "operators.add", channel_url="kitchen", operator_ids=["bob"])
    world.client("ann", "operators.remove", channel_url="kitchen", operator_ids=["bob"])
    world.client("bob", "channels.leave", channel_url="kitchen")
    world.client("ann", "channels.delete", channel_url="kitchen")
    world.backend("users.update", user_id="dan", nickname="Daniel")
    world.backend("users.delete", user_id="dan")
    told += deliver(world) + in_the_open(world) + filtered(world) + chosen(world)
    return told + kept_in_order(world)


def in_the_open(world: World) -> list[Resource]:
    world.client("ann", "open_channels.create", channel_url="hall")
    sent = world.client("ann", "messages.send", channel_url="hall", message="hello")["message_id"]
    world.client("ann", "messages.update", channel_url="hall", message_id=sent, message="hello all")
    told = deliver(world)
    world.client("ann", "messages.delete", channel_url="hall", message_id=sent)
    world.client("ann", "open_channels.delete", channel_url="hall")
    return told + deliver(world)


def filtered(world: World) -> list[Resource]:
    world.client("ann", "channels.create", channel_url="larder", user_ids=["bob"])
    words = {"keywords": ["slug"]}
    for type_ in (1, 3, 2):
        world.backend("moderation.update", profanity_filter=words | {"type": type_})
        with suppress(MessageBlocked):
            world.client("bob", "messages.send", channel_url="larder", message="a slug")
    penalty = {"action": 2, "count": 1, "duration": 60}
    world.backend("moderation.update", profanity_triggered_moderation=penalty, profanity_filter={"type": 3})
    world.client("bob", "messages.send", channel_url="larder", message="a slug")
    world.backend("moderation.update", profanity_filter={"type": 0})
    return deliver(world)


def chosen(world: World) -> list[Resource]:
    world.client("ann", "blocks.add", target_id="bob")
    world.client("ann", "blocks.remove", target_id="bob")
    world.client("ann", "users.update_push_preference", push_trigger_option="off")
    world.client("ann", "channels.update_push_preference", channel_url="larder", push_trigger_option="off")
    return deliver(world)


def kept_in_order(world: World) -> list[Resource]:
    world.client("ann", "channels.create", channel_url="pantry", user_ids=["bob"], operator_ids=["ann"])
    sent = world.client("bob", "messages.send", channel_url="pantry", message="rude")["message_id"]
    world.client("ann", "messages.report", channel_url="pantry", message_id=sent, report_category="spam")
    world.client("ann", "users.report", offending_user_id="bob", report_category="spam")
    world.client("ann", "channels.report", channel_url="pantry", report_category="spam")
    world.client("ann", "open_channels.create", channel_url="lobby")
    world.client("bob", "channels.report", channel_url="lobby", report_category="spam")
    for sanction in ("mutes", "bans"):
        world.client("ann", f"{sanction}.add", channel_url="pantry", user_id="bob", seconds=60)
        world.client("ann", f"{sanction}.remove", channel_url="pantry", user_id="bob")
    world.backend("users.update", user_id="bob", is_active=False)
    return deliver(world)


def test_every_category_is_told_as_the_page_says(kitchen: World) -> None:
    subscribe(kitchen)
    found = {payload["category"]: payload for payload in everything(kitchen)}
    assert set(found) == set(TOLD)
    for category, words in re.findall(r"^\| `(\w+:\w+)` \| (.*) \|$", PAGE, re.MULTILINE):
        payload = found.pop(category)
        assert payload["app_id"]
        assert set(re.findall(r"`(\w+)`", words)) - {"user_id", "read_ts", "key", "old", "new"} <= set(payload)
        assert "channel" not in payload or payload["channel"] is None or payload["channel"]["channel_url"]
    assert found == {}


def test_what_a_filter_did_is_told_as_what_it_was(kitchen: World) -> None:
    subscribe(kitchen)
    found = [each for each in filtered(kitchen) if each["category"].startswith("profanity_filter:")]
    kinds = [each["category"].partition(":")[2] for each in found]
    assert kinds == ["replace", "detect", "block", "detect", "moderate"]
    replaced, detected, blocked, _, moderated = found
    assert (replaced["replaced_text"], replaced["payload"]["message"]) == ("a ****", "a ****")
    assert detected["replaced_text"] == "a slug"
    assert (blocked["sender"]["user_id"], blocked["message"]) == ("bob", "")
    assert (moderated["moderation_action"], moderated["user"]["user_id"]) == ("kick", "bob")


def test_a_message_is_told_with_what_changed_in_it(kitchen: World) -> None:
    subscribe(kitchen, include_members=True, include_unread_count=True)
    (sent,) = told(kitchen, "messages.send", channel_url="kitchen", message="one", mentioned_user_ids=["bob"])
    message_id = sent["payload"]["message_id"]
    assert (sent["type"], sent["sender"]["user_id"], sent["payload"]["message"]) == ("MESG", "ann", "one")
    assert [each["user_id"] for each in sent["mentioned_users"]] == ["bob"]
    assert {each["user_id"]: each["unread_message_count"] for each in sent["members"]} == {"ann": 0, "bob": 1}
    (edited,) = told(kitchen, "messages.update", channel_url="kitchen", message_id=message_id, message="two")
    assert edited["changes"] == [{"key": "message", "old": "one", "new": "two"}]
    (read,) = told(kitchen, "channels.mark_read", by="bob", channel_url="kitchen")
    assert read["read_updates"][0]["user_id"] == "bob"
    assert read["read_updates"][0]["total_unread_message_count"] == 0


def test_what_was_deleted_or_erased_before_it_could_be_told_is_not_in_it(kitchen: World) -> None:
    subscribe(kitchen)
    sent = kitchen.client("ann", "messages.send", channel_url="kitchen", message="secret")["message_id"]
    kitchen.client("ann", "messages.update", channel_url="kitchen", message_id=sent, message="secret too")
    follow(kitchen)
    kitchen.client("ann", "messages.delete", channel_url="kitchen", message_id=sent)
    payloads = deliver(kitchen)
    assert categories_of(payloads) == [
        "group_channel:message_send",
        "group_channel:message_update",
        "group_channel:message_delete",
    ]
    assert "secret" not in str(payloads)


def test_a_channel_that_is_gone_is_still_told_of(kitchen: World) -> None:
    subscribe(kitchen)
    kitchen.client("ann", "messages.send", channel_url="kitchen", message="one")
    kitchen.client("ann", "channels.delete", channel_url="kitchen")
    sent, removed = deliver(kitchen)
    assert sent["channel"]["channel_url"] == removed["channel"]["channel_url"] == "kitchen"


def test_changes_of_a_channel(kitchen: World) -> None:
    subscribe(kitchen, "group_channel:changed")
    kitchen.client("ann", "channels.update", channel_url="kitchen", name="Galley")
    kitchen.client("ann", "messages.send", channel_url="kitchen", message="not asked for")
    kitchen.client("ann", "channels.update", channel_url="kitchen", name="Pantry", custom_type="room")
    first, second = deliver(kitchen)
    assert first["changes"] == [{"key": "name", "old": "", "new": "Galley"}]
    assert second["changes"][0] == {"key": "name", "old": "Galley", "new": "Pantry"}
    assert second["changes"][1]["key"] == "custom_type"


def test_only_what_comes_after_it_was_switched_on(kitchen: World) -> None:
    kitchen.client("ann", "messages.send", channel_url="kitchen", message="before")
    subscribe(kitchen)
    assert follow(kitchen) == []
    kitchen.backend("webhooks.update", enabled=False)
    kitchen.client("ann", "messages.send", channel_url="kitchen", message="meanwhile")
    subscribe(kitchen)
    assert categories_of(told(kitchen, "messages.send", channel_url="kitchen", message="after")) == [
        "group_channel:message_send"
    ]


def test_settings(world: World) -> None:
    assert world.backend("webhooks.view")["webhook"]["enabled"] is False
    with pytest.raises(Unacceptable):
        world.backend("webhooks.test")
    with pytest.raises(MissingParameter):
        world.backend("webhooks.update", enabled=True)
    for wrong in ({"url": "ftp://example.org"}, {"url": "http://a b"}, {"enabled_events": ["group_channel:nothing"]}):
        with pytest.raises(Exception, match=r"url|enabled_events"):
            world.backend("webhooks.update", **wrong)
    with pytest.raises(InvalidValue):
        world.backend("webhooks.update", enabled_events=["*", "x"])
    subscribe(world, "user:block", "group_channel:join")
    settings = world.backend("webhooks.view", display_all_webhook_categories=True)["webhook"]
    assert len(settings["secret"]) > 40
    assert settings["all_webhook_categories"] == list(TOLD)
    assert world.backend("webhooks.update", secret="master")["webhook"]["secret"] == "master"
