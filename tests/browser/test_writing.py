"""What people write with: Markdown, emoji and reactions."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.person import Person

pytestmark = pytest.mark.slow

Come = Callable[..., Person]
MARKDOWN = """**Bold** and _soft_ and ~~gone~~ and `code` https://example.com/a
second line

1. one
2. two

```js
const x = "<b>";
```
> said

- [x] done

| a | b |
|---|--:|
| 1 | 2 |"""
HOSTILE = [
    "[click](javascript:alert(1))",
    "[click](data:text/html,<script>alert(1)</script>)",
    "![x](javascript:alert(1)) ![y](https://example.com/x.png)",
    "<img src=x onerror=alert(1)><svg onload=alert(1)><iframe src='javascript:alert(1)'>",
    '[a](https://example.com "onmouseover=alert(1)") <a href="javascript:alert(1)">b</a>',
    "```\"><script>alert(1)</script>\nx\n```",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    ">" * 3000,
    "[" * 4000,
    "**_" * 1500,
    "- " * 2000,
]  # fmt: skip


def send(person: Person, text: str) -> None:
    person.field.fill(text)
    person.field.press("Enter")
    expect(person.page.locator(".message.pending")).to_have_count(0)


def test_markdown_is_shown_as_it_is_meant(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    ana.open("General")
    ben.open("General")
    send(ana, MARKDOWN)
    bubble = ben.messages.last.locator(".bubble")
    for selector, text in {
        "strong": "Bold", "em": "soft", "s": "gone", "p > code": "code", "a": "https://example.com/a",
        "ol > li:nth-child(2)": "two", "pre > code": 'const x = "<b>";', "blockquote": "said", "li.task": "done",
        "td.right": "2",
    }.items():  # fmt: skip
        expect(bubble.locator(selector)).to_have_text(text)
    expect(bubble.locator("p br")).to_have_count(1)
    bubble.get_by_role("button", name="Copy code").click()
    expect(ben.page.get_by_text("Copied")).to_be_visible()


def test_hostile_markdown_does_nothing(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    ben.call("channels.create", {"user_ids": ["ana"], "name": "Laboratory"})
    ana.open("Laboratory")
    ben.open("Laboratory")
    for text in HOSTILE:
        send(ana, text)
    expect(ben.messages).to_have_count(len(HOSTILE))
    feed = ben.page.locator(".feed")
    assert feed.locator(".bubble :is(img, svg:not(.icon), iframe, script)").count() == 0
    links = feed.locator(".bubble a").evaluate_all("links => links.map((link) => link.protocol)")
    assert set(links) == {"https:"}
    attributes = feed.locator(".bubble *").evaluate_all("all => all.flatMap((each) => each.getAttributeNames())")
    assert not [name for name in attributes if name.startswith("on")]


def test_reactions_are_added_counted_and_taken_back(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    ana.open("General")
    ben.open("General")
    send(ana, "Who brings cake?")
    ben.sees("Who brings cake?")
    ben.use(ben.message("Who brings cake?"), "React")
    ben.page.get_by_label("Search emoji").fill("birthday cake")
    ben.page.get_by_role("button", name="birthday cake").wait_for()
    ben.page.keyboard.press("Enter")
    chip = ana.message("Who brings cake?").locator(".reaction")
    expect(chip).to_have_text("🎂1")
    expect(chip).to_have_attribute("title", "Ben Okafor")
    chip.click()
    expect(ben.message("Who brings cake?").locator(".reaction")).to_have_text("🎂2")
    ana.arrive()
    ana.open("General")
    expect(chip).to_have_text("🎂2")
    expect(chip).to_have_attribute("aria-pressed", "true")
    chip.click()
    ben.message("Who brings cake?").locator(".reaction").click()
    expect(chip).to_have_count(0)


def test_an_edit_keeps_reactions(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    ana.open("General")
    ben.open("General")
    send(ana, "Lunch at noom")
    ben.sees("Lunch at noom")
    ben.message("Lunch").focus()
    ben.page.keyboard.press("r")
    ben.page.get_by_role("dialog", name="Emoji").get_by_role("button", name="👍").first.click()
    expect(ana.message("Lunch").locator(".reaction")).to_have_text("👍1")
    ana.field.press("ArrowUp")
    ana.page.get_by_label("Edit message").fill("Lunch at noon")
    ana.page.get_by_label("Edit message").press("Enter")
    ben.sees("Lunch at noon")
    expect(ben.message("Lunch at noon").locator(".reaction")).to_have_text("👍1")


def test_emoji_go_where_the_cursor_is(come: Come) -> None:
    ana = come("ana")
    ana.open("General")
    ana.field.fill("Good morning")
    ana.field.press("Home")
    ana.page.locator(".composer").get_by_role("button", name="Emoji").click()
    ana.page.get_by_label("Search emoji").fill("sunrise")
    ana.page.get_by_role("button", name="sunrise", exact=True).click()
    expect(ana.field).to_have_value("🌅Good morning")
    expect(ana.field).to_be_focused()
    ana.field.fill("")
