"""Search: what is found, how it is narrowed, and where it leads."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import PHONE
from tests.browser.person import Person, until

pytestmark = pytest.mark.slow

Come = Callable[..., Person]

HOSTILE = "<img src=x onerror=\"document.title='owned'\">"


def search(person: Person, text: str) -> Locator:
    """The pane with what was found."""
    person.page.keyboard.press("Control+Shift+F")
    pane = person.page.get_by_role("complementary", name="Search")
    pane.get_by_label("Search messages").fill(text)
    return pane


def hits(pane: Locator) -> Locator:
    return pane.get_by_role("list", name="Found messages").get_by_role("listitem")


def until_indexed(person: Person, text: str) -> None:
    """The index follows the log about a second later."""
    until(lambda: person.call("messages.search", {"query": text})["results"])


def test_what_is_found_is_marked_narrowed_and_leads_there(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    name = f"Grove {HOSTILE}"
    grove = ana.call("channels.create", {"user_ids": ["ben"], "name": name})["channel_url"]
    said = [("ana", "Zèbra one"), ("ben", f"a ZEBRA {HOSTILE}"), ("ben", "zebras come last")]
    people = {"ana": ana, "ben": ben}
    for who, text in said:
        people[who].call("messages.send", {"channel_url": grove, "message": text, "message_type": "MESG"})
    for number in range(60):
        ana.call("messages.send", {"channel_url": grove, "message": f"filler {number}", "message_type": "MESG"})
    until_indexed(ana, '"filler 59"')
    ana.open("General")
    pane = search(ana, "zebr")
    expect(hits(pane)).to_have_count(3)
    expect(pane.get_by_role("status")).to_have_text("3 messages")
    expect(pane.locator("mark")).to_have_text(["zebras", "ZEBRA", "Zèbra"])
    expect(hits(pane).nth(1)).to_contain_text(HOSTILE)
    expect(hits(pane).nth(1)).to_contain_text(name)
    assert pane.locator("img[src=x]").count() == 0
    pane.get_by_role("button", name="From…").click()
    ana.page.get_by_role("option", name="Ben Okafor").click()
    expect(hits(pane)).to_have_count(2)
    pane.get_by_role("button", name="With files").click()
    expect(pane.get_by_text("Nothing was found")).to_be_visible()
    pane.get_by_role("button", name="Remove the filter: With files").click()
    pane.get_by_label("Order").select_option("Best match first")
    expect(hits(pane)).to_have_count(2)
    ana.page.keyboard.press("ArrowDown")
    # The list in the other order may come after the key: the focus stays on what it was on.
    expect(hits(pane).locator("a:focus")).to_have_count(1)
    hits(pane).filter(has_text="zebras come last").get_by_role("link").click()
    expect(ana.message("zebras come last")).to_be_focused()
    expect(hits(pane)).to_have_count(2)
    assert "owned" not in ana.page.title().split(name)[0]
    pane.get_by_role("button", name="Close the search").click()
    expect(pane).to_have_count(0)


def test_pages_and_one_conversation(come: Come) -> None:
    ana = come("ana")
    for channel in ("Many here", "Few there"):
        url = ana.call("channels.create", {"user_ids": ["ben"], "name": channel})["channel_url"]
        for number in range(45 if channel == "Many here" else 2):
            ana.call(
                "messages.send", {"channel_url": url, "message": f"needle {channel} {number}", "message_type": "MESG"}
            )
    until_indexed(ana, '"needle Few there 1"')
    ana.open("Few there")
    ana.page.get_by_role("button", name="Search in this conversation").click()
    pane = search(ana, "needle")
    expect(hits(pane)).to_have_count(2)
    pane.get_by_role("button", name="Remove the filter: In Few there").click()
    expect(hits(pane)).to_have_count(20)
    for count in (40, 47):
        hits(pane).last.scroll_into_view_if_needed()
        expect(hits(pane)).to_have_count(count)
    pane.get_by_role("button", name="In…").click()
    ana.page.get_by_role("combobox", name="Find a conversation").fill("few")
    ana.page.keyboard.press("Enter")
    expect(hits(pane)).to_have_count(2)
    pane.get_by_role("button", name="Remove the filter: In Few there").click()
    pane.get_by_role("button", name="When…").click()
    ana.page.get_by_label("Until which day").fill("2001-01-01")
    ana.page.get_by_role("button", name="Apply").click()
    expect(pane.get_by_text("Nothing was found")).to_be_visible()
    ana.page.keyboard.press("Escape")
    expect(pane).to_have_count(0)


def test_a_reply_is_found_in_its_thread_on_a_phone(come: Come) -> None:
    ana = come("ana", **PHONE)
    url = ana.call("channels.create", {"user_ids": ["ben"], "name": "Threads to find"})["channel_url"]
    first = ana.call("messages.send", {"channel_url": url, "message": "root", "message_type": "MESG"})["message_id"]
    reply = {"channel_url": url, "message": "quagga", "message_type": "MESG", "parent_message_id": first}
    ana.call("messages.send", reply)
    until_indexed(ana, "quagga")
    ana.page.get_by_role("button", name="Search messages").tap()
    pane = ana.page.get_by_role("complementary", name="Search")
    pane.get_by_label("Search messages").fill("quagga")
    expect(hits(pane)).to_contain_text("In a thread")
    hits(pane).get_by_role("link").tap()
    expect(pane).to_have_count(0)
    thread = ana.page.get_by_role("complementary", name="Thread")
    expect(thread.locator(".message", has_text="quagga")).to_be_visible()
    assert ana.page.evaluate("document.documentElement.scrollWidth") <= 390
