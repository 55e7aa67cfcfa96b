"""Incoming webhooks post as members do; slash commands are asked and answered."""

from __future__ import annotations

from typing import Any

import pytest

from chatd import ids
from chatd.domain import COMMANDS
from chatd.domain.integrations import posting
from chatd.domain.integrations.incoming import MAX_INCOMING
from chatd.domain.upkeep.purge import purge
from chatd.errors import (
    ChatdError,
    Forbidden,
    InvalidValue,
    MissingParameter,
    NotFound,
    OutgoingFailed,
    TooManyItems,
    Unacceptable,
    WrongType,
)
from chatd.store import tables
from tests.domain import erasing
from tests.domain.conftest import World
from tests.domain.test_verify import findings_of


@pytest.fixture
def kitchen(world: World) -> World:
    world.users("ann", "bob")
    world.client("ann", "channels.create", channel_url="kitchen", user_ids=["bob"], operator_ids=["ann"])
    return world


def make(world: World, **params: Any) -> dict[str, Any]:
    made: dict[str, Any] = world.client("ann", "incoming_webhooks.create", channel_url="kitchen", name="CI", **params)
    return made


def post(world: World, made: dict[str, Any], **posted: Any) -> dict[str, Any]:
    secret = made["token"].partition("-")[2]
    sent: dict[str, Any] = world.write(posting.post, secret, posted)
    return sent


def test_what_is_posted_is_a_message_of_its_user(kitchen: World) -> None:
    made = make(kitchen, profile_url="https://example.org/ci.png")
    sent = post(kitchen, made, text="Built <https://example.org/1|#1> &amp; <https://example.org/2>")
    assert sent["message"] == "Built [#1](https://example.org/1) & https://example.org/2"
    assert (sent["user"]["user_id"], sent["user"]["nickname"]) == (made["webhook_id"], "CI")
    assert sent["user"]["profile_url"] == "https://example.org/ci.png"
    other = post(kitchen, made, text="x", username="Deploy", icon_url="https://example.org/d.png")
    assert other["data"] == '{"sender": {"nickname": "Deploy", "profile_url": "https://example.org/d.png"}}'
    shown = post(kitchen, made, attachments=[{"fallback": "red"}, {"text": "green"}, 5])
    assert shown["message"] == "red\ngreen"


@pytest.mark.parametrize(
    ("posted", "error"),
    [({}, MissingParameter), ({"text": 5}, WrongType), ({"text": ""}, MissingParameter), ({"text": "x" * 6000}, None)],
)
def test_what_cannot_be_posted(kitchen: World, posted: dict[str, Any], error: type[ChatdError] | None) -> None:
    made = make(kitchen)
    if error is None:
        assert len(post(kitchen, made, **posted)["message"]) == 5000
    else:
        with pytest.raises(error):
            post(kitchen, made, **posted)


def test_its_token_is_told_once_and_ends_with_it(kitchen: World) -> None:
    made = make(kitchen)
    assert made["path"] == f"/hooks/{made['token']}"
    (listed,) = kitchen.client("ann", "incoming_webhooks.list", channel_url="kitchen")["incoming_webhooks"]
    assert "token" not in listed
    assert listed["created_by"] == "ann"
    kitchen.client("ann", "incoming_webhooks.revoke", channel_url="kitchen", webhook_id=made["webhook_id"])
    with pytest.raises(NotFound):
        post(kitchen, made, text="late")
    with pytest.raises(NotFound):
        kitchen.client("ann", "incoming_webhooks.revoke", channel_url="kitchen", webhook_id="bob")
    assert kitchen.store.entries()["incoming_webhooks"] == 0


def test_what_holds_for_members_holds_for_it(kitchen: World) -> None:
    made = make(kitchen)
    kitchen.client("ann", "channels.freeze", channel_url="kitchen", freeze=True)
    with pytest.raises(Forbidden):
        post(kitchen, made, text="hello?")
    with pytest.raises(Forbidden):
        kitchen.client("bob", "incoming_webhooks.create", channel_url="kitchen", name="mine")
    for _ in range(MAX_INCOMING - 1):
        make(kitchen)
    with pytest.raises(TooManyItems):
        make(kitchen)
    kitchen.client("ann", "channels.create", channel_url="pair", user_ids=["bob"], is_distinct=True)
    with pytest.raises(Unacceptable):
        kitchen.backend("incoming_webhooks.create", channel_url="pair", name="third")


def test_who_made_it_is_forgotten_and_it_goes_on(kitchen: World) -> None:
    made = make(kitchen)
    post(kitchen, made, text="before")
    kitchen.backend("users.erase", user_id="ann")
    for _ in erasing.steps(kitchen):
        pass
    assert not findings_of(kitchen.store)
    (listed,) = kitchen.backend("incoming_webhooks.list", channel_url="kitchen")["incoming_webhooks"]
    assert (listed["name"], listed["created_by"]) == ("CI", "")
    assert post(kitchen, made, text="after")["user"]["nickname"] == "CI"
    told = kitchen.client("bob", "messages.list", channel_url="kitchen", message_ts=ids.now_ms(), prev_limit=9)
    assert [each["message"] for each in told["messages"]] == ["before", "after"]


def test_with_its_channel_it_is_gone(kitchen: World) -> None:
    made = make(kitchen)
    kitchen.client("ann", "channels.delete", channel_url="kitchen")
    with pytest.raises(NotFound):
        post(kitchen, made, text="late")
    while kitchen.write(purge, 100):
        pass
    entries = kitchen.store.entries()
    assert entries["incoming_webhooks"] == entries["incoming_of"] == 0


def ask(world: World, message: str) -> Any:
    command = COMMANDS["slash_commands.run"]
    input = command.parse({"channel_url": "kitchen", "message": message})
    return world.store.read(world.application, command.function, world.actor("bob"), input)


def test_a_slash_command_is_asked_and_answered(kitchen: World) -> None:
    made = kitchen.backend("slash_commands.register", name="/dice", url="https://example.org/dice")
    question = ask(kitchen, "/dice  6 times\n")
    assert (question.url, question.secret) == ("https://example.org/dice", made["secret"])
    assert (question.body["command"], question.body["text"]) == ("/dice", "6 times")
    assert question.body["user"]["user_id"] == "bob"
    alone = kitchen.write(question.keep, b'{"text": "four", "more": 1}')
    assert alone == {"response_type": "ephemeral", "text": "four", "message": None}
    shown = kitchen.write(question.keep, b'{"text": "four", "response_type": "in_channel"}')
    assert (shown["message"]["type"], shown["message"]["message"]) == ("ADMM", "four")
    assert kitchen.write(question.keep, b"")["text"] == ""
    for nonsense in (b"<html>", b"[]", b'{"text": 5}', b"\xff"):
        with pytest.raises(OutgoingFailed):
            kitchen.write(question.keep, nonsense)


def test_what_is_no_slash_command(kitchen: World) -> None:
    for message, error in (("dice", InvalidValue), ("/", InvalidValue), ("/Dice", InvalidValue), ("/dice", NotFound)):
        with pytest.raises(error):
            ask(kitchen, message)
    kitchen.backend("slash_commands.register", name="dice", url="https://example.org/dice")
    secret = kitchen.backend("slash_commands.register", name="dice", url="https://example.org/2")["secret"]
    (listed,) = kitchen.client("bob", "slash_commands.list")["slash_commands"]
    assert "secret" not in listed
    assert kitchen.backend("slash_commands.list")["slash_commands"][0]["secret"] == secret
    kitchen.backend("slash_commands.remove", name="dice")
    with pytest.raises(NotFound):
        kitchen.backend("slash_commands.remove", name="dice")
    kitchen.client("ann", "channels.freeze", channel_url="kitchen", freeze=True)
    assert kitchen.store.read(1, lambda txn: list(txn.scan(tables.SLASH_COMMANDS))) == []
