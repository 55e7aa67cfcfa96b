"""Previews of links: which link, who is told, and that they go with their messages."""

from __future__ import annotations

from typing import Any

import pytest

from chatd.domain.messages.previews import first_link, keep_preview, linked_after
from chatd.model import Preview
from chatd.store import tables
from tests.domain.conftest import World
from tests.domain.histories import expire
from tests.domain.test_erasure import MARK, ask, carry_out, places
from tests.domain.test_verify import findings_of

CHANNEL = "tea_time"
LINK = "https://example.org/tea"
PREVIEW = Preview(
    LINK, f"Tea {MARK}", "All of it", LINK, "article", "Example", "http://example.org/a.png", "", 10, 20, "a"
)


@pytest.fixture
def tea(world: World) -> World:
    world.users("ann", "bob")
    world.backend("channels.create", channel_url=CHANNEL, user_ids=["ann", "bob"])
    return world


def send(tea: World, text: str = f"see {LINK}!") -> int:
    message_id: int = tea.client("ann", "messages.send", channel_url=CHANNEL, message=text)["message_id"]
    return message_id


def seen(tea: World, message_id: int) -> Any:
    return tea.client("bob", "messages.view", channel_url=CHANNEL, message_id=message_id)


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("see https://example.org/a?b=c#d now", "https://example.org/a?b=c#d"),
        ("(http://example.org/a).", "http://example.org/a"),
        ("HTTPS://EXAMPLE.ORG, or http://other.example", "HTTPS://EXAMPLE.ORG"),
        ("<https://example.org>", "https://example.org"),
        ("ftp://example.org, example.org, https:// and //", ""),
        ("http\N{COMBINING ACUTE ACCENT}://example.org", ""),
    ],
)
def test_the_first_link(text: str, link: str) -> None:
    assert first_link(text) == link


def test_a_message_has_its_preview_and_everybody_is_told(tea: World) -> None:
    message = send(tea)
    assert "og_tag" not in seen(tea, message)
    assert tea.write(keep_preview, message, PREVIEW)
    shown = seen(tea, message)
    assert shown["og_tag"] == {
        "og:title": f"Tea {MARK}",
        "og:description": "All of it",
        "og:url": LINK,
        "og:type": "article",
        "og:site_name": "Example",
        "og:image": {
            "url": "http://example.org/a.png",
            "secure_url": "",
            "type": "",
            "width": 10,
            "height": 20,
            "alt": "a",
        },
    }
    assert tea.told[-1].data == {"type": "message.updated", "channel_url": CHANNEL, "message": shown}
    assert shown["updated_at"] == 0
    assert not tea.write(keep_preview, message, PREVIEW)
    assert not findings_of(tea.store)


def test_what_has_changed_meanwhile_gets_none(tea: World) -> None:
    edited, deleted = send(tea), send(tea)
    tea.client("ann", "messages.update", channel_url=CHANNEL, message_id=edited, message="no link")
    tea.client("ann", "messages.delete", channel_url=CHANNEL, message_id=deleted)
    count = len(tea.told)
    for message in (edited, deleted, 999):
        assert not tea.write(keep_preview, message, PREVIEW)
    orphan = send(tea)
    tea.backend("channels.delete", channel_url=CHANNEL)
    assert not tea.write(keep_preview, orphan, PREVIEW)
    assert len(tea.told) == count + 2


def test_an_edit_keeps_the_preview_of_the_link_that_it_keeps(tea: World) -> None:
    message = send(tea)
    tea.write(keep_preview, message, PREVIEW)
    where = {"channel_url": CHANNEL, "message_id": message}
    assert "og_tag" in tea.client("ann", "messages.update", message=f"do see {LINK}", **where)
    assert "og_tag" not in tea.client("ann", "messages.update", message="see http://other.example", **where)
    assert tea.write(keep_preview, message, Preview("http://other.example", "Other"))
    assert seen(tea, message)["og_tag"]["og:title"] == "Other"
    assert not findings_of(tea.store)
    tea.client("ann", "messages.delete", **where)
    assert places(tea.store, MARK) == []
    assert not findings_of(tea.store)


@pytest.mark.parametrize("how", ["deleted", "expired", "forgotten"])
def test_what_the_page_said_goes_with_the_message(tea: World, how: str) -> None:
    message = send(tea)
    tea.write(keep_preview, message, PREVIEW)
    assert {"log", "previews"} <= set(places(tea.store, MARK))
    if how == "deleted":
        tea.client("ann", "messages.delete", channel_url=CHANNEL, message_id=message)
    elif how == "expired":
        send(tea, "newer")
        expire(tea, CHANNEL, 1)
    else:
        ask(tea, "ann")
        carry_out(tea)
    assert places(tea.store, MARK) == []
    assert tea.store.read(tea.application, lambda txn: list(txn.scan(tables.PREVIEWS))) == []
    assert not findings_of(tea.store)


def test_links_are_found_along_the_log(tea: World) -> None:
    before, message = send(tea, "nothing"), send(tea)
    tea.client("ann", "messages.update", channel_url=CHANNEL, message_id=before, message=LINK)
    end = tea.store.read(tea.application, lambda txn: txn.head)
    found, place = tea.store.read(tea.application, linked_after, 0, 100, 0)
    assert found == [(message, LINK), (before, LINK)]
    assert place == end.sequence
    assert tea.store.read(tea.application, linked_after, message - 1, 1, 0) == ([(message, LINK)], message)
    assert tea.store.read(tea.application, linked_after, 0, 100, end.time + 1) == ([], place)
