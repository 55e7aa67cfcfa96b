"""How much comes over the line before somebody can read and write."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK
from tests.browser.person import Person
from tests.served import Served

pytestmark = pytest.mark.slow

Come = Callable[..., Person]

BUDGET = 150 * 1024
# When the newest messages are there, and the field to answer in.
_WATCH = """() => new MutationObserver((_, observer) => {
  if (!document.querySelector(".feed .message") || !document.querySelector(".composer textarea")) return;
  window.usableAt = performance.now();
  observer.disconnect();
}).observe(document, { childList: true, subtree: true })"""
_LOADED = """() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
  .filter(({ startTime }) => startTime < window.usableAt)
  .map(({ name, encodedBodySize }) => [encodedBodySize, new URL(name).pathname])"""


def test_the_first_load_is_light(fresh: Served, newcomer: Come) -> None:
    ana = newcomer(fresh.url, "ana")
    ana.join(fresh.link, "Ana Ribeiro")
    # What is there besides words, such as polls, brings what shows it.
    ana.open("General")
    ana.say("Hello")
    # A browser that is here for the first time, and has nothing but the cookie.
    cookies = ana.context.storage_state()["cookies"]
    first = newcomer(fresh.url, "ana", storage_state={"cookies": cookies, "origins": []})
    first.page.add_init_script(f"({_WATCH})()")
    first.arrive()
    expect(first.message("Hello")).to_be_visible()
    loaded = sorted(first.page.evaluate(_LOADED), reverse=True)
    assert sum(size for size, _ in loaded) <= BUDGET, loaded
    assert sum(size for size, _ in loaded) >= BUDGET / 4, "what is loaded is not measured"


def test_the_typeface_comes_after_it_and_then_stays(come: Come) -> None:
    ana = come("ana", **DESK)
    ana.open("General")
    is_there = "() => document.fonts.check('16px Inter') && localStorage.getItem('chatd.typeface') !== null"
    ana.page.wait_for_function(is_there)
    ana.page.reload()
    assert ana.page.locator("head link[href='/web/css/typeface.css']").count() == 1
