"""A conversation that is longer than what is loaded at first."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Team
from tests.browser.person import Person
from tests.story.backend import Backend

pytestmark = pytest.mark.slow

COUNT = 130


@pytest.mark.slow
def test_history_loads_upwards_and_keeps_its_place(come: Callable[..., Person]) -> None:
    ana = come("ana")
    channel = ana.call("channels.create", {"name": "Long"})["channel_url"]
    for number in range(COUNT):
        ana.call("messages.send", {"channel_url": channel, "message": f"line {number:03}", "message_type": "MESG"})
    ana.arrive()
    ana.open("Long")
    ana.sees(f"line {COUNT - 1:03}")
    assert ana.messages.count() < COUNT
    scroller = ana.page.locator(".scroller")
    place, before, after = scroller.evaluate(
        """async (scroller) => {
            scroller.scrollTop = 0;
            const rows = [...document.querySelectorAll(".message")];
            const seen = rows[2];
            const before = seen.getBoundingClientRect().top;
            const many = rows.length;
            while (document.querySelectorAll(".message").length === many) await new Promise(requestAnimationFrame);
            return [seen.getBoundingClientRect().top - before, many, document.querySelectorAll(".message").length];
        }"""
    )
    assert abs(place) < 2
    assert before < after
    while not ana.page.locator(".beginning").is_visible():
        scroller.evaluate("(scroller) => { scroller.scrollTop = 0; }")
        ana.page.evaluate("() => new Promise(requestAnimationFrame)")
    texts = ana.page.locator(".feed .bubble").all_text_contents()
    assert texts == [f"line {number:03}" for number in range(COUNT)]
    ana.page.get_by_role("button", name="Jump to the end").click()
    expect(ana.messages.last).to_be_in_viewport()


MANY = 1500


@pytest.fixture(scope="session")
def many(team: Team) -> str:
    """The URL of a channel of Ana's and Ben's with many messages, one every hour until now."""
    backend = Backend(team.served)
    made = backend("POST", "/group_channels", name="Many", user_ids=["ana", "ben"])
    channel: str = made["channel_url"]
    began = int(time.time()) - MANY * 3600
    for first in range(0, MANY, 100):
        backend("POST", f"/migration/{channel}", messages=[line(n, began) for n in range(first, first + 100)])
    return channel


def line(number: int, began: int) -> dict[str, object]:
    """A message as it is taken over from elsewhere."""
    text, at = f"line {number:05}", (began + number * 3600) * 1000
    return {"user_id": "ana", "message_type": "MESG", "message": text, "timestamp": at}


def texts(person: Person) -> list[str]:
    return person.page.locator(".feed .bubble").all_text_contents()


def follow_each_other(lines: list[str]) -> bool:
    numbers = [int(line.split()[1]) for line in lines]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def scroll_to(person: Person, place: str) -> None:
    """To the "top" or the "bottom" of what is there, and let the page draw."""
    top = "0" if place == "top" else "scroller.scrollHeight"
    person.page.locator(".scroller").evaluate(f"(scroller) => {{ scroller.scrollTop = {top}; }}")
    person.page.wait_for_timeout(30)


def test_the_page_holds_no_more_than_a_window(come: Callable[..., Person], many: str) -> None:
    ana = come("ana")
    ana.open("Many")
    most = 0
    while not ana.page.locator(".beginning").is_visible():
        scroll_to(ana, "top")
        most = max(most, ana.messages.count())
    assert 400 <= most <= 650
    assert texts(ana)[0] == "line 00000"
    assert follow_each_other(texts(ana))
    while "line 01499" not in texts(ana):
        scroll_to(ana, "bottom")
        most = max(most, ana.messages.count())
    assert most <= 650
    assert follow_each_other(texts(ana))
    scroll_to(ana, "bottom")
    expect(ana.page.get_by_role("button", name="Jump to the end")).to_be_hidden()


def test_links_lead_to_a_message_and_the_end_is_one_click_away(come: Callable[..., Person], many: str) -> None:
    ana, ben = come("ana"), come("ben")
    ana.open("Many")
    ana.page.get_by_role("button", name=re.compile("jump to another day")).first.click()
    ana.page.get_by_role("button", name="The beginning").click()
    row = ana.page.locator(".message", has_text="line 00002")
    expect(row).to_be_in_viewport()
    number = row.get_attribute("data-message")
    ben.page.goto(f"{ben.url}/#/{many}/{number}")
    found = ben.page.locator(".message", has_text="line 00002")
    expect(found).to_be_in_viewport()
    expect(found).to_be_focused()
    assert follow_each_other(texts(ben))
    ana.call("messages.send", {"channel_url": many, "message": "line 01500", "message_type": "MESG"})
    expect(ben.channel("Many")).to_contain_text("line 01500")
    assert "line 01500" not in texts(ben)
    ben.page.get_by_role("button", name=re.compile("jump to the end", re.I)).click()
    ben.sees("line 01500")
    assert follow_each_other(texts(ben))


def test_the_first_unread_message_is_found_however_far_up(come: Callable[..., Person], many: str) -> None:
    ana, ben = come("ana"), come("ben")
    channel = ana.call("channels.create", {"name": "Missed", "user_ids": ["ben"]})["channel_url"]
    ben.open("Missed")
    ana.call("messages.send", {"channel_url": channel, "message": "read", "message_type": "MESG"})
    ben.sees("read")
    expect(ben.channel("Missed").locator(".badge")).to_have_count(0)
    ben.open("General")
    for number in range(260):
        ana.call("messages.send", {"channel_url": channel, "message": f"line {number:05}", "message_type": "MESG"})
    ben.arrive()
    ben.open("Missed")
    ben.page.get_by_role("button", name="Jump to the first unread message").click()
    expect(ben.page.locator(".unread-line")).to_be_in_viewport()
    following = ben.page.locator(".unread-line").locator("xpath=following-sibling::li[1]")
    expect(following).to_contain_text("line 00000")
    expect(ben.page.get_by_role("button", name="Jump to the first unread message")).to_be_hidden()
