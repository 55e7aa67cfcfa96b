"""Phone, keyboard, appearance."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.person import PASSWORD, Person

pytestmark = pytest.mark.slow

Come = Callable[..., Person]


def test_phone_shows_one_pane_at_a_time(come: Come) -> None:
    ana = come("ana", **PHONE)
    page = ana.page
    expect(page.get_by_role("navigation", name="Conversations")).to_be_visible()
    expect(page.get_by_role("main")).to_be_hidden()
    ana.channel("General").tap()
    expect(page.get_by_role("heading", name="General", level=2)).to_be_visible()
    expect(page.get_by_role("navigation", name="Conversations")).to_be_hidden()
    ana.field.fill("From the train")
    page.get_by_role("button", name="Send", exact=True).tap()
    ana.sees("From the train")
    ana.messages.last.tap()
    expect(ana.messages.last.get_by_role("button", name="Edit")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("link", name="Back to the list").tap()
    expect(page.get_by_role("navigation", name="Conversations")).to_be_visible()


def test_keyboard_alone_is_enough(newcomer: Callable[..., Person], come: Come) -> None:
    come("ana").call("channels.create", {"user_ids": ["ben"], "name": "Keys"})
    ben = newcomer(come("ben").url, "ben")
    page, keys = ben.page, ben.page.keyboard
    page.goto(ben.url)
    expect(page.get_by_label("Login")).to_be_focused()
    keys.type("ben")
    keys.press("Tab")
    keys.type(PASSWORD)
    keys.press("Enter")
    ben.channel("Keys").wait_for()
    page.get_by_label("Find a conversation").focus()
    keys.type("key")
    keys.press("ArrowDown")
    expect(ben.channel("Keys")).to_be_focused()
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Keys", level=2)).to_be_visible()
    expect(ben.field).to_be_focused()
    keys.type("one")
    keys.press("Shift+Enter")
    keys.type("two")
    keys.press("Enter")
    ben.sees("two")
    assert ben.messages.last.locator(".bubble").inner_text() == "one\ntwo"
    keys.press("Alt+ArrowUp")
    expect(ben.messages.last).to_be_focused()
    keys.press("Escape")
    expect(ben.field).to_be_focused()
    keys.press("ArrowUp")
    expect(page.get_by_label("Edit message")).to_be_focused()
    keys.press("Escape")
    expect(ben.field).to_be_focused()


def test_dialog_gives_the_focus_back(come: Come) -> None:
    page = come("ana").page
    button = page.get_by_role("button", name="New conversation")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Search people")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(button).to_be_focused()


@pytest.mark.slow
def test_appearance_is_kept(come: Come) -> None:
    ana = come("ana", color_scheme="light")
    background = "getComputedStyle(document.querySelector('.main')).backgroundColor"
    light = ana.page.evaluate(background)
    ana.page.get_by_role("button", name="Your account").click()
    ana.page.get_by_role("menuitemradio", name="Dark").click()
    dark = ana.page.evaluate(background)
    assert dark != light
    ana.arrive()
    assert ana.page.evaluate(background) == dark
