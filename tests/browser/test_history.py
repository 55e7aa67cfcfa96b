"""A conversation that is longer than what is loaded at first."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.person import Person

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
    place = scroller.evaluate(
        """async (scroller) => {
            scroller.scrollTop = 0;
            const rows = [...document.querySelectorAll(".message")];
            const seen = rows[2];
            const before = seen.getBoundingClientRect().top;
            const many = rows.length;
            while (document.querySelectorAll(".message").length === many) await new Promise(requestAnimationFrame);
            return seen.getBoundingClientRect().top - before;
        }"""
    )
    assert abs(place) < 2
    assert ana.messages.count() == 100
    while not ana.page.locator(".beginning").is_visible():
        scroller.evaluate("(scroller) => { scroller.scrollTop = 0; }")
        ana.page.evaluate("() => new Promise(requestAnimationFrame)")
    texts = ana.page.locator(".feed .bubble").all_text_contents()
    assert texts == [f"line {number:03}" for number in range(COUNT)]
    ana.page.get_by_role("button", name="Jump to the end").click()
    expect(ana.messages.last).to_be_in_viewport()
