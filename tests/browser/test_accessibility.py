"""Every screen is for everybody: axe-core finds nothing serious, and what it cannot find is tried by hand here."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE, Team
from tests.browser.person import Person
from tests.browser.screens import TITLE, Visitor
from tests.browser.touring import look, scene, visit

__all__ = ["scene", "visit"]
pytestmark = pytest.mark.slow

Come = Callable[..., Person]


def test_the_door_keeps_nobody_out(scene: Team, newcomer: Come) -> None:
    ana = scene.people["ana"]
    found = []
    link = invited(ana)
    for device in (DESK, PHONE):
        visitor = newcomer(ana.url, "new", reduced_motion="reduce", **device)
        page = visitor.page
        for path, button in (("/", "Sign in"), (link, "Create account"), ("/join/used-long-ago", "")):
            page.goto(path if path.startswith("http") else ana.url + path)
            page.get_by_role("heading", level=1).wait_for()
            if button:
                page.get_by_role("button", name=button).click()
                page.locator("[aria-invalid=true]").wait_for()
            found += look(page, path)
        # The browser tells of the invite that is not there.
        visitor.complaints.clear()
    assert not found, "\n".join(found)


def invited(person: Person) -> str:
    person.arrive()
    return person.invite()


def test_a_conversation_with_the_keyboard_alone(scene: Team, visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    ana, page = visitor.person, visitor.person.page
    keys = page.keyboard
    visitor.arrive()
    ana.channel(TITLE).wait_for()
    expect(ana.field).to_be_focused()
    skip = page.get_by_role("button", name="Skip to the conversation")
    assert page.locator("button, a, input, textarea, [tabindex]").first.inner_text() == skip.inner_text()
    skip.focus()
    keys.press("Enter")
    expect(ana.field).to_be_focused()
    ana.field.fill("")
    keys.type("By hand")
    keys.press("Enter")
    ana.sees("By hand")
    keys.press("Alt+ArrowUp")
    expect(ana.message("By hand")).to_be_focused()
    keys.press("r")
    expect(page.get_by_label("Search emoji")).to_be_focused()
    keys.type("tada")
    expect(page.get_by_role("button", name="party popper")).to_be_visible()
    keys.press("Enter")
    expect(ana.message("By hand").get_by_role("button", name="🎉")).to_be_visible()
    ana.message("By hand").focus()
    keys.press("t")
    reply = page.get_by_role("textbox", name="Reply")
    expect(reply).to_be_focused()
    keys.type("By hand too")
    keys.press("Enter")
    expect(page.locator(".thread-link")).to_have_count(2)
    keys.press("Escape")
    expect(ana.field).to_be_focused()


def test_a_message_is_changed_and_deleted_with_the_keyboard_alone(visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    visitor.converse()
    ana, page, keys = visitor.person, visitor.person.page, visitor.person.page.keyboard
    ana.field.fill("")
    ana.say("Typed")
    ana.sees("Typed")
    keys.press("Alt+ArrowUp")
    keys.press("e")
    keys.type(", changed")
    keys.press("Enter")
    expect(ana.message("Typed, changed")).to_contain_text("edited")
    ana.message("Typed, changed").focus()
    keys.press("m")
    expect(page.get_by_role("menuitem").first).to_be_focused()
    keys.press("End")
    expect(page.get_by_role("menuitem", name="Delete")).to_be_focused()
    keys.press("Enter")
    expect(page.get_by_role("dialog").get_by_role("button", name="Delete")).to_be_focused()
    keys.press("Enter")
    expect(page.locator(".message", has_text="Typed, changed")).to_have_count(0)
    expect(ana.field).to_be_focused()


def test_the_keys_are_told(visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    visitor.converse()
    page, keys = visitor.person.page, visitor.person.page.keyboard
    visitor.person.field.fill("")
    keys.press("Control+/")
    help = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(help).to_be_visible()
    keys.press("Escape")
    expect(visitor.person.field).to_be_focused()
    keys.type("?")
    expect(visitor.person.field).to_have_value("?")
    visitor.person.messages.last.focus()
    keys.press("?")
    expect(help).to_be_visible()
    keys.press("Escape")
    expect(visitor.person.messages.last).to_be_focused()


@pytest.mark.parametrize("choice", ["Settings", "Pause notifications", "Invite people", "Keyboard shortcuts"])
def test_a_dialog_from_a_menu_gives_the_focus_back(visit: Callable[..., Visitor], choice: str) -> None:
    visitor = visit()
    visitor.arrive()
    expect(visitor.person.field).to_be_focused()
    button = visitor.button("Your account")
    button.focus()
    visitor.person.page.keyboard.press("Enter")
    visitor.choose(choice)
    visitor.dialog().wait_for()
    visitor.person.page.keyboard.press("Escape")
    expect(button).to_be_focused()


def test_new_messages_are_said_politely_once_and_not_in_a_flood(scene: Team, visit: Callable[..., Visitor]) -> None:
    visitor, ben = visit(), scene.people["ben"]
    visitor.converse()
    ben.arrive()
    ben.open(TITLE)
    log = visitor.person.page.get_by_role("log")
    expect(log).to_have_attribute("aria-live", "polite")
    visitor.person.say("My own words")
    ben.say("Words of another")
    expect(log.locator("p")).to_have_text([f"Ben Okafor in {TITLE}: Words of another"])
    channel = visitor.person.page.url.split("#/")[1]
    for number in range(40):
        ben.call("messages.send", {"channel_url": channel, "message": f"Flood {number}"})
    expect(log.locator("p", has_text="new messages").first).to_be_attached()
