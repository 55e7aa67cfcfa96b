"""Filters: what becomes of messages, whose settings hold, which links are let through."""

from __future__ import annotations

from typing import Any

import pytest

from chatd import events
from chatd.domain.moderation.domain_filter import linked_hosts, stored_domain, unwanted_host
from chatd.errors import InvalidValue, MessageBlocked, MissingParameter, NotFound, OutOfRange, Unacceptable
from chatd.model import DomainFilter
from chatd.store import tables
from tests.domain import erasing
from tests.domain.conftest import World

ROOM = {"channel_url": "room"}
SHOP = {"channel_url": "shop"}


@pytest.fixture
def room(world: World) -> World:
    """A channel of ann and bob, another one of the type "shop", and an open one."""
    world.users("ann", "bob")
    world.client("ann", "channels.create", channel_url="room", user_ids=["bob"], operator_ids=["ann"])
    world.client("ann", "channels.create", channel_url="shop", user_ids=["bob"], custom_type="shop")
    world.client("ann", "open_channels.create", channel_url="hall")
    return world


def words(world: World, type_: int, *keywords: str, **more: Any) -> Any:
    filters = {"type": type_, "keywords": list(keywords)} | more.pop("filters", {})
    return world.backend("moderation.update", profanity_filter=filters, **more)


def said(world: World, text: str, user_id: str = "bob", **more: Any) -> str:
    return str(world.client(user_id, "messages.send", **(ROOM | {"message": text} | more))["message"])


def hits(world: World) -> list[str]:
    log = world.store.read(world.application, lambda txn: [entry.event for _, entry in txn.scan(tables.LOG)])
    return [event.action for event in log if isinstance(event, events.FilterHit)]


def test_words_are_replaced_blocked_or_counted(room: World) -> None:
    words(room, 1, "slug")
    assert said(room, "A slug!") == "A ****!"
    words(room, 3, "slug")
    assert said(room, "A slug!") == "A slug!"
    words(room, 2, "slug")
    with pytest.raises(MessageBlocked):
        said(room, "A slug!")
    assert said(room, "A slugger!") == "A slugger!"
    assert hits(room) == ["replaced", "detected", "blocked"]
    words(room, 0, "slug")
    assert said(room, "A slug!") == "A slug!"


def test_a_text_is_tried_without_consequences(room: World) -> None:
    words(room, 1, "slug")
    words(room, 2, "snail", custom_type="shop")
    assert tried(room, "A slug!") == ("A ****!", "replaced", "")
    assert tried(room, "A snail!") == ("A snail!", "", "")
    text, action, refusal = tried(room, "A snail!", custom_type="shop")
    assert (text, action) == ("A snail!", "blocked")
    assert refusal
    assert hits(room) == []


def tried(world: World, text: str, **more: Any) -> tuple[str, str, str]:
    verdict = world.backend("moderation.test", text=text, **more)
    return verdict["text"], verdict["action"], verdict["refusal"]


def test_what_is_edited_is_filtered_too(room: World) -> None:
    sent = room.client("bob", "messages.send", message="hi", **ROOM)["message_id"]
    words(room, 1, "slug")
    assert room.client("bob", "messages.update", message_id=sent, message="slug", **ROOM)["message"] == "****"
    words(room, 2, "slug")
    with pytest.raises(MessageBlocked):
        room.client("bob", "messages.update", message_id=sent, message="slug", **ROOM)
    assert room.client("bob", "messages.update", message_id=sent, data="x", **ROOM)["message"] == "****"


def test_what_is_sent_later_or_copied_is_filtered_then(room: World) -> None:
    sent = room.client("bob", "messages.send", message="slug", **ROOM)["message_id"]
    words(room, 1, "slug")
    target = {"message_id": sent, "target_channel_url": "hall"}
    assert room.client("bob", "messages.copy", **ROOM, **target)["message"] == "****"
    words(room, 2, "slug")
    with pytest.raises(MessageBlocked):
        room.client("bob", "messages.copy", **ROOM, **target)


def test_backends_are_filtered_when_they_ask_for_it(room: World) -> None:
    words(room, 2, "slug")
    send = {"user_id": "bob", "message": "slug"} | ROOM
    assert room.backend("messages.send", **send)["message"] == "slug"
    with pytest.raises(MessageBlocked):
        room.backend("messages.send", apply_filters=True, **send)
    admin = {"message_type": "ADMM", "message": "slug", "apply_filters": True}
    assert room.backend("messages.send", **ROOM, **admin)["message"] == "slug"


def test_a_blocked_message_leaves_only_that_it_was(room: World) -> None:
    words(room, 2, "slug")
    before = room.store.read(room.application, lambda txn: txn.head.sequence)
    with pytest.raises(MessageBlocked):
        said(room, "slug", req_id="r1", pin_message=True)
    assert room.store.read(room.application, lambda txn: txn.head.sequence) == before + 1
    assert said(room, "snail", req_id="r1") == "snail"


def test_a_type_has_its_own_words_and_those_of_all_unless_it_does_without(room: World) -> None:
    words(room, 1, "slug")
    words(room, 2, "cheap", custom_type="shop")
    assert said(room, "cheap slug") == "cheap ****"
    assert said(room, "slug", **SHOP) == "****"
    with pytest.raises(MessageBlocked):
        said(room, "cheap", **SHOP)
    words(room, 2, "cheap", custom_type="shop", filters={"should_check_global": False})
    assert said(room, "slug", **SHOP) == "slug"
    room.backend("moderation.remove", custom_type="shop")
    assert said(room, "cheap slug", **SHOP) == "cheap ****"


def test_settings_are_shown_as_they_were_given(room: World) -> None:
    given = {"type": 1, "keywords": ["a", "b*"], "regex_filters": [{"regex": "[0-9]"}], "should_check_global": True}
    assert room.backend("moderation.update", profanity_filter=given)["profanity_filter"] == given
    changed = room.backend("moderation.update", profanity_filter={"keywords": "c, d,,"})["profanity_filter"]
    assert changed == given | {"keywords": ["c", "d"]}
    assert room.backend("moderation.view")["profanity_filter"] == changed
    with pytest.raises(NotFound):
        room.backend("moderation.view", custom_type="shop")
    made = room.backend("moderation.update", custom_type="shop")
    assert made["custom_type"] == "shop"
    assert room.backend("moderation.list")["channel_custom_type_settings"] == [made]


def test_retention_is_said_with_them_for_the_application(room: World) -> None:
    assert room.backend("moderation.update", message_retention_hours=24)["message_retention_hours"] == 24
    assert room.backend("retention.view")["message_retention_hours"] == 24
    with pytest.raises(Unacceptable):
        room.backend("moderation.update", custom_type="shop", message_retention_hours=24)


@pytest.mark.parametrize(
    ("settings", "error", "named"),
    [
        ({"profanity_filter": {"type": 1, "regex_filters": [{"regex": "("}]}}, InvalidValue, "regex_filters"),
        ({"profanity_filter": {"keywords": ["a", "*"]}}, InvalidValue, "keywords"),
        ({"profanity_filter": {"type": 4}}, OutOfRange, "profanity_filter.type"),
        ({"domain_filter": {"type": 1, "domains": ["a b"]}}, InvalidValue, "domains"),
        ({"profanity_triggered_moderation": {"action": 1, "count": 2}}, MissingParameter, "duration"),
    ],
)
def test_settings_that_make_no_sense_are_named_and_change_nothing(
    room: World, settings: dict[str, Any], error: type[Exception], named: str
) -> None:
    before = room.backend("moderation.view")
    with pytest.raises(error, match=named):
        room.backend("moderation.update", **settings)
    assert room.backend("moderation.view") == before


def test_changes_are_in_the_audit_log_once(room: World) -> None:
    for _ in range(2):
        words(room, 1, "slug")
        room.backend("moderation.update", custom_type="shop", allow_links=False)
        room.backend("moderation.update", message_retention_hours=24)
    room.backend("moderation.remove", custom_type="shop")
    details = [each["detail"] for each in room.backend("audit.list", kind="settings.changed")["acts"]]
    assert details == ["shop: removed", "message_retention", "shop: allow_links", "profanity_filter"]


LINKS = [
    ("see http://evil.example/x", "evil.example"),
    ("HTTPS://EVIL.example:8080?x", "evil.example"),
    ("www.evil.example", "www.evil.example"),
    ("http://good.example@evil.example/", "evil.example"),
    ("http://evil.example\\@good.example/", "evil.example"),
    ("http:\\\\evil.example", "evil.example"),
    ("http://evil%2Eexample", "evil.example"),
    ("http://evil。example", "evil.example"),
    ("ｈｔｔｐ://ｅｖｉｌ.example", "evil.example"),
    ("http://ev\u200bil.example.", "evil.example"),
    ("http://bücher.example", "xn--bcher-kva.example"),
    ("(http://evil.example)", "evil.example"),
]


@pytest.mark.parametrize(("text", "host"), LINKS)
def test_the_host_of_a_link_is_the_one_that_browsers_ask(text: str, host: str) -> None:
    assert list(linked_hosts(text)) == [host]


@pytest.mark.parametrize("text", ["hi", "a.b", "mail ann@www.example.org", "file.txt and e.g. this", "1//2"])
def test_what_is_no_link_has_no_host(text: str) -> None:
    assert list(linked_hosts(text)) == []


def test_domains_stand_for_all_below_them() -> None:
    deny = DomainFilter(2, ("evil.example",))
    allow = DomainFilter(1, ("good.example",))
    assert unwanted_host("http://a.evil.example", deny) == "a.evil.example"
    assert unwanted_host("at evil.example, without a scheme", deny) == "evil.example"
    assert unwanted_host("http://notevil.example", deny) == ""
    assert unwanted_host("http://www.good.example http://other.example", allow) == "other.example"
    assert unwanted_host("nothing", allow) == unwanted_host("http://x.example", DomainFilter(0, ("x.example",))) == ""


@pytest.mark.parametrize("text", ["a" * 5000, "a." * 2500, "a.b " * 1250, "www." * 1250, "http:" * 1000, ":1" * 2500])
def test_hostile_texts_take_no_longer_than_others(text: str) -> None:
    """Some milliseconds. What goes back and tries again takes seconds for each."""
    domains = tuple(f"host{nth}.example" for nth in range(1000))
    assert unwanted_host(text, DomainFilter(2, domains)) == ""


@pytest.mark.parametrize(
    ("given", "stored"),
    [("Evil.Example", "evil.example"), ("*.evil.example.", "evil.example"), ("BÜCHER.de", "xn--bcher-kva.de")],
)
def test_domains_are_kept_as_they_are_compared(given: str, stored: str) -> None:
    assert stored_domain(0, given) == stored


def test_links_are_let_through_as_the_settings_say(room: World) -> None:
    room.backend("moderation.update", domain_filter={"type": 2, "domains": ["evil.example"]})
    with pytest.raises(MessageBlocked, match=r"evil\.example"):
        said(room, "http://evil.example")
    assert said(room, "http://good.example")
    room.backend("moderation.update", custom_type="shop", allow_links=False)
    with pytest.raises(MessageBlocked):
        said(room, "http://good.example", **SHOP)
    assert not room.backend("moderation.view", custom_type="shop")["allow_links"]
    assert room.backend("moderation.view")["allow_links"]


def test_nothing_is_left_of_who_was_filtered_and_is_gone(room: World) -> None:
    words(room, 1, "slug")
    said(room, "slug")
    room.backend("users.erase", user_id="bob")
    for _ in erasing.steps(room):
        pass
    assert room.store.read(room.application, lambda txn: list(txn.scan(tables.FILTER_HITS))) == []
