"""The threads that somebody follows: what is new in them, and the way there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.person import Person
from tests.browser.test_details import HOSTILE

pytestmark = pytest.mark.slow

Come = Callable[..., Person]


def threads(person: Person) -> Locator:
    """The button in the list of conversations."""
    return person.page.get_by_role("button", name="Threads", exact=False).first


def test_new_replies_are_counted_and_lead_to_the_thread(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    url = ana.call("channels.create", {"user_ids": ["ben"], "name": "Round table"})["channel_url"]
    sent = {"channel_url": url, "message": f"Which day? {HOSTILE}", "message_type": "MESG"}
    asked = ana.call("messages.send", sent)["message_id"]

    def reply(text: str) -> None:
        said = {"channel_url": url, "message": text, "message_type": "MESG", "parent_message_id": asked}
        ben.call("messages.send", said)

    ana.open("General")
    reply("Tuesday")
    expect(threads(ana).locator(".badge")).to_contain_text("1")
    threads(ana).click()
    pane = ana.page.get_by_role("complementary", name="Threads")
    entry = pane.get_by_role("listitem").filter(has_text="Which day?")
    expect(entry).to_contain_text(HOSTILE)
    expect(entry).to_contain_text("Round table")
    expect(entry).to_contain_text("1 reply")
    reply("Or Friday")
    expect(entry).to_contain_text("2 replies")
    expect(entry.locator(".badge")).to_contain_text("2")
    pane.get_by_role("button", name="Only unread").click()
    entry.get_by_role("link").click()
    thread = ana.page.get_by_role("complementary", name="Thread", exact=True)
    expect(thread.get_by_text("Or Friday")).to_be_visible()
    expect(pane.get_by_text("All is read")).to_be_visible()
    expect(threads(ana).locator(".badge")).to_be_hidden()
    expect(thread.get_by_role("button", name="Follow this thread")).to_have_attribute("aria-pressed", "true")
    pane.get_by_role("button", name="Only unread").click()
    entry.get_by_role("button", name="Follow no longer").click()
    expect(entry).to_have_count(0)
    expect(thread.get_by_role("button", name="Follow this thread")).to_have_attribute("aria-pressed", "false")
    reply("Nobody hears this")
    thread.get_by_role("button", name="Follow this thread").click()
    expect(entry).to_contain_text("3 replies")
    expect(entry.locator(".badge")).to_have_count(0)
    ana.page.reload()
    expect(thread.get_by_text("Or Friday")).to_be_visible()


def test_of_each_thread_it_is_shown_whether_it_is_followed(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    url = ana.call("channels.create", {"user_ids": ["ben"], "name": "Archive"})["channel_url"]

    def follow(text: str, *replies: str) -> int:
        sent = {"channel_url": url, "message_type": "MESG"}
        begun: int = ben.call("messages.send", {**sent, "message": text})["message_id"]
        for reply in replies:
            ben.call("messages.send", {**sent, "message": reply, "parent_message_id": begun})
        ana.call("threads.subscribe", {"channel_url": url, "message_id": begun})
        return begun

    old = follow("The first of many", "Indeed")
    alone = follow("No answer")
    for count in range(31):  # more than a page of the list has
        follow(f"Topic {count}", "Answer")
    button = ana.page.get_by_role("button", name="Follow this thread")
    for thread in (old, alone):
        ana.arrive(f"/#/{url}/{thread}/thread")
        expect(button).to_have_attribute("aria-pressed", "true")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "false")
        ana.page.reload()
        expect(ana.page.get_by_role("textbox", name="Reply")).to_be_visible()
        expect(button).to_have_attribute("aria-pressed", "false")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
    ana.call("channels.delete", {"channel_url": url})
