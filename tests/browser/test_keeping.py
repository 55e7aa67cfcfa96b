"""Messages that are forwarded, or saved for later."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK
from tests.browser.person import Person
from tests.browser.test_details import HOSTILE, attach, choose
from tests.browser.test_files import picture

pytestmark = pytest.mark.slow

Come = Callable[..., Person]


def test_a_message_is_forwarded_with_words_and_files(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    for name in ("Origin", f"Target {HOSTILE}", "Another aim"):
        ana.call("channels.create", {"user_ids": ["ben"], "name": name})
    ana.open("Origin")
    attach(ana, "hill.png", "image/png", picture())
    ana.use(ana.messages.last, "More")
    ana.page.get_by_role("menuitem", name="Forward").click()
    dialog = ana.page.get_by_role("dialog", name="Forward message")
    expect(dialog.get_by_text("hill.png")).to_be_visible()
    dialog.get_by_label("Find a conversation").fill("target")
    ana.page.keyboard.press("Enter")
    dialog.get_by_label("Find a conversation").fill("another a")
    dialog.get_by_role("option").click()
    dialog.get_by_label("Words of your own").fill(f"Look {HOSTILE}")
    dialog.get_by_role("button", name="Forward").click()
    expect(ana.page.get_by_text("Forwarded to 2 conversations")).to_be_visible()
    for name in ("Target", "Another aim"):
        ben.channel(name).click()
        expect(ben.message(f"Look {HOSTILE}")).to_be_visible()
        expect(ben.messages.last.get_by_role("button", name="Open hill.png")).to_be_visible()
        expect(ben.messages.last.get_by_text("Forwarded from Ana Ribeiro")).to_be_visible()
        expect(ben.messages).to_have_count(2)


def test_who_said_it_first_is_called_as_they_are_now(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    url = ana.call("channels.create", {"user_ids": ["ben"], "name": "Echo"})["channel_url"]
    said = ben.call("messages.send", {"channel_url": url, "message": "Tea?"})["message_id"]
    ana.call("messages.copy", {"channel_url": url, "message_id": said, "target_channel_url": url})
    ana.open("Echo")
    mark = ana.messages.last.locator(".message-mark")
    expect(mark).to_have_text("Forwarded from Ben Okafor")
    try:
        ben.call("users.update", {"nickname": HOSTILE})
        expect(mark).to_have_text(f"Forwarded from {HOSTILE}")
    finally:
        ben.call("users.update", {"nickname": "Ben Okafor"})
    expect(mark).to_have_text("Forwarded from Ben Okafor")


def test_saved_messages_are_the_same_on_all_devices(come: Come) -> None:
    desk, other = come("ana"), come("ana", **DESK)
    desk.call("channels.create", {"user_ids": ["ben"], "name": "Keep"})
    desk.open("Keep")
    desk.say(f"Worth it {HOSTILE}")
    desk.sees("Worth it")
    other.page.get_by_role("button", name="For later").click()
    pane = other.page.get_by_role("complementary", name="For later")
    expect(pane).to_contain_text("Nothing is saved")
    choose(desk, "Worth it", "Save for later")
    expect(pane.get_by_role("listitem")).to_contain_text(f"Worth it {HOSTILE}")
    expect(pane.get_by_role("listitem")).to_contain_text("Keep")
    pane.get_by_role("link", name="Go to the message of Ana Ribeiro").click()
    expect(other.message("Worth it")).to_be_focused()
    pane.get_by_role("button", name="Done").click()
    expect(pane).to_contain_text("Nothing is saved")
    choose(desk, "Worth it", "Save for later")
    expect(pane.get_by_role("listitem")).to_have_count(1)
    choose(desk, "Worth it", "Save no longer")
    expect(pane).to_contain_text("Nothing is saved")
    pane.get_by_role("button", name="Close what is for later").press("Escape")
    expect(pane).to_have_count(0)
