"""What saves work while one writes: keys for Markdown, links, quotations, disappearing messages, limits."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.person import Person

pytestmark = pytest.mark.slow

Come = Callable[..., Person]
PASTE = """(field, text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def select(person: Person, start: int, end: int) -> None:
    person.field.evaluate("(field, [start, end]) => field.setSelectionRange(start, end)", [start, end])


def test_keys_mark_the_selected_text_and_take_marks_away(come: Come) -> None:
    ana = come("ana")
    ana.open("General")
    for key, marked in (("b", "**ship**"), ("i", "_ship_"), ("e", "`ship`"), ("Shift+X", "~~ship~~")):
        ana.field.fill("We ship today")
        select(ana, 3, 8)
        ana.field.press(f"Control+{key}")
        expect(ana.field).to_have_value(f"We {marked} today")
        ana.field.press(f"Control+{key}")
        expect(ana.field).to_have_value("We ship today")
    ana.field.press("Control+Z")
    expect(ana.field).to_have_value("We ~~ship~~ today")
    ana.field.fill("one\ntwo")
    ana.field.press("Control+A")
    ana.field.press("Control+e")
    expect(ana.field).to_have_value("```\none\ntwo\n```")
    ana.field.fill("")


def test_an_address_over_a_selection_makes_a_link(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    ana.open("General")
    ben.open("General")
    ana.field.fill("See [the] plan")
    select(ana, 4, 14)
    ana.field.evaluate(PASTE, "https://example.com/a(b)?c=1")
    expect(ana.field).to_have_value("See [\\[the\\] plan](https://example.com/a%28b%29?c=1)")
    ana.field.press("Enter")
    link = ben.message("See").locator(".bubble a")
    expect(link).to_have_text("[the] plan")
    expect(link).to_have_attribute("href", "https://example.com/a%28b%29?c=1")


def test_a_message_is_quoted_without_mentioning_anybody_again(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    ana.open("General")
    ben.open("General")
    ana.field.fill("Ask @ben <img src=x onerror=alert(1)>")
    ana.field.press("Shift+Enter")
    ana.field.press_sequentially("today ")
    ana.field.press("Enter")
    ben.sees("today")
    ben.field.fill("I will")
    ben.use(ben.message("today"), "More")
    ben.page.get_by_role("menuitem", name="Quote").click()
    expect(ben.field).to_have_value("> Ask @Ben Okafor <img src=x onerror=alert(1)>\n> today\n\nI will")
    ben.field.press("Enter")
    quoted = ana.message("I will")
    expect(quoted.locator("blockquote")).to_contain_text("Ask @Ben Okafor <img src=x onerror=alert(1)>")
    expect(quoted.locator(".mention")).to_have_count(0)


def test_a_message_that_disappears(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    ana.open("General")
    ben.open("General")
    ana.page.get_by_role("button", name="Attach").click()
    ana.page.get_by_role("menuitem", name="Disappearing message").click()
    ana.page.get_by_role("menuitem", name="After 1 hour").click()
    expect(ana.page.get_by_text("The next message disappears after 1 hour.")).to_be_visible()
    ana.say("For an hour")
    expect(ben.message("For an hour")).to_contain_text("Disappears:")
    expect(ana.page.get_by_text("The next message disappears after 1 hour.")).to_be_hidden()
    ana.say("For ever")
    ben.sees("For ever")
    expect(ben.message("For ever")).not_to_contain_text("Disappears:")


def test_a_text_that_is_too_long_is_told_and_kept(come: Come) -> None:
    ana = come("ana")
    ana.open("General")
    ana.field.fill("x" * 5002)
    expect(ana.page.get_by_role("button", name="Send", exact=True)).to_be_disabled()
    ana.field.press("Enter")
    expect(ana.page.get_by_text("The message is 2 characters too long.")).to_be_visible()
    expect(ana.messages.filter(has_text="x" * 100)).to_have_count(0)
    assert len(ana.field.input_value()) == 5002
    ana.field.fill("")
