"""Fingers: what is held opens its menu, what is touched shows its tools, whatever the browser does by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import PHONE
from tests.browser.person import Person

pytestmark = pytest.mark.slow

Come = Callable[..., Person]

# As browsers of iOS have it.
NO_MENUS = 'addEventListener("contextmenu", (event) => event.stopImmediatePropagation(), { capture: true })'


@contextmanager
def held(person: Person, what: Locator) -> Iterator[Callable[[int], None]]:
    """A finger on something until the end; what this gives moves it down by some pixels."""
    what.scroll_into_view_if_needed()
    box = what.bounding_box()
    assert box is not None
    hand = person.context.new_cdp_session(person.page)
    place = {"x": box["x"] + 30, "y": box["y"] + box["height"] / 2}
    hand.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [place]})

    def move(by: int) -> None:
        points = [place | {"y": place["y"] + by}]
        hand.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": points})

    yield move
    hand.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    hand.detach()


@pytest.fixture(params=["asks for menus", "asks for none"])
def ana(come: Come, request: pytest.FixtureRequest) -> Person:
    """Ana at her phone."""
    desk = come("ana")
    desk.open("General")
    desk.say("Hold <b>this</b>")
    phone = come("ana", **PHONE)
    if request.param == "asks for none":
        phone.page.add_init_script(NO_MENUS)
        phone.arrive()
    return phone


def test_a_conversation_that_is_held_opens_its_menu(ana: Person) -> None:
    menu = ana.page.get_by_role("menu", name="General")
    with held(ana, ana.channel("General")):
        expect(menu).to_be_visible()
    # The finger is lifted: it stays, and nothing was opened.
    expect(menu).to_be_visible()
    expect(ana.page.locator(".conversation")).to_have_count(0)
    menu.get_by_role("menuitem", name="Star", exact=True).tap()
    expect(menu).to_have_count(0)
    expect(ana.page.get_by_role("button", name="Starred")).to_be_visible()
    with held(ana, ana.channel("General")):
        expect(menu).to_be_visible()
    menu.get_by_role("menuitem", name="Unstar").tap()
    expect(ana.page.get_by_role("button", name="Starred")).to_have_count(0)
    # A touch elsewhere closes it, a short one on the conversation opens that.
    with held(ana, ana.channel("General")):
        expect(menu).to_be_visible()
    ana.page.get_by_role("heading", name="Chats").tap()
    expect(menu).to_have_count(0)
    ana.channel("General").tap()
    expect(ana.page.get_by_role("heading", name="General", level=2)).to_be_visible()


def test_who_scrolls_opens_nothing(ana: Person) -> None:
    with held(ana, ana.channel("General")) as move:
        for step in range(10, 50, 10):
            move(step)
        ana.page.evaluate("() => new Promise((done) => setTimeout(done, 700))")
        expect(ana.page.get_by_role("menu")).to_have_count(0)


def test_a_message_that_is_held_shows_its_tools_and_its_menu(ana: Person) -> None:
    ana.channel("General").tap()
    message = ana.message("Hold <b>this</b>")
    menu = ana.page.get_by_role("menu", name="Message")
    with held(ana, message.locator(".bubble")):
        expect(menu).to_be_visible()
    expect(menu.get_by_role("menuitem", name="Copy text")).to_be_visible()
    # It is beside its message.
    top, row = menu.bounding_box(), message.bounding_box()
    assert top is not None
    assert row is not None
    assert min(abs(top["y"] - row["y"]), abs(top["y"] + top["height"] - row["y"])) < 100
    ana.page.get_by_role("heading", name="General", level=2).tap()
    expect(menu).to_have_count(0)
    message.locator(".bubble").tap()
    message.get_by_role("button", name="React").tap()
    ana.page.get_by_role("button", name="thumbs up").first.tap()
    expect(message.locator(".reaction")).to_contain_text("👍")
    message.locator(".reaction").tap()
    expect(message.locator(".reaction")).to_have_count(0)


def test_a_message_that_is_touched_shows_its_tools(ana: Person) -> None:
    ana.channel("General").tap()
    message = ana.message("Hold <b>this</b>")
    expect(message.locator(".tools")).to_be_hidden()
    message.locator(".bubble").tap()
    message.get_by_role("button", name="Edit").tap()
    expect(ana.page.get_by_label("Edit message")).to_be_focused()
    ana.page.get_by_role("button", name="Cancel").tap()
    expect(ana.page.get_by_label("Edit message")).to_have_count(0)
    expect(message.locator(".tools")).to_be_hidden()
    message.locator(".bubble").tap()
    message.get_by_role("button", name="More").tap()
    menu, row = ana.page.get_by_role("menu", name="Message").bounding_box(), message.bounding_box()
    assert menu is not None
    assert row is not None
    assert min(abs(menu["y"] - row["y"]), abs(menu["y"] + menu["height"] - row["y"])) < 100
