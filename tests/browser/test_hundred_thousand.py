"""A channel of a hundred thousand messages is read at both of its ends, and the page stays small."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.long_channel import fill
from tests.browser.person import Person
from tests.served import Served

pytestmark = pytest.mark.slow

COUNT = 100_000
# What sdk/window.js keeps, and a page that has just come.
CAP = 650
ROUNDS = 16


def texts(person: Person) -> list[str]:
    return person.page.locator(".feed .bubble").all_text_contents()


def held(person: Person) -> list[int]:
    """The numbers of the messages in the page, which follow each other and are not too many."""
    numbers = [int(text.split()[1]) for text in texts(person)]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    assert len(numbers) <= CAP
    return numbers


def scroll(person: Person, place: str) -> list[int]:
    """To the "top" or the "bottom" of what is there, until something else is there; what is held then."""
    before = held(person)
    top = "0" if place == "top" else "scroller.scrollHeight"
    edge = "first" if place == "top" else "last"
    text = f"line {before[0 if place == 'top' else -1]:06}"
    person.page.locator(".scroller").evaluate(f"(scroller) => {{ scroller.scrollTop = {top}; }}")
    bubbles = person.page.locator(".feed .bubble")
    expect(getattr(bubbles, edge)).not_to_have_text(text)
    return held(person)


def test_a_hundred_thousand_messages(fresh: Served, newcomer: Callable[..., Person]) -> None:
    ana = newcomer(fresh.url, "ana")
    ana.join(fresh.link, "Ana Ribeiro")
    channel = ana.call("channels.create", {"name": "Endless"})["channel_url"]
    ana.page.goto("about:blank")
    fresh.stop()
    fill(fresh.directory / "data", channel, COUNT, "ana")
    fresh.start()
    ana.arrive()
    ana.open("Endless")
    ana.sees(f"line {COUNT - 1:06}")
    expect(ana.messages.last).to_be_in_viewport()
    assert held(ana)[-1] == COUNT - 1
    ana.page.get_by_role("button", name=re.compile("jump to another day")).first.click()
    ana.page.get_by_role("button", name="The beginning").click()
    expect(ana.page.locator(".message", has_text="line 000000")).to_be_in_viewport()
    lows = [scroll(ana, "bottom") for _ in range(ROUNDS)]
    assert lows[-1][0] > 0, "the oldest are given up"
    for _ in range(ROUNDS):
        if scroll(ana, "top")[0] == 0:
            break
    assert held(ana)[0] == 0
    ana.page.get_by_role("button", name="Jump to the end").click()
    ana.sees(f"line {COUNT - 1:06}")
    expect(ana.messages.last).to_be_in_viewport()
