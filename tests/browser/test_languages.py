"""The page speaks its reader's language: the browser's, or the one they chose, here and on their next device."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from scripts.translating.texts import PLURALS, catalogue
from tests.browser.conftest import DESK, PHONE
from tests.browser.person import PASSWORD, Person

pytestmark = pytest.mark.slow

Come = Callable[..., Person]


def text(language: str, english: str) -> str:
    found = catalogue(language)[english]
    assert isinstance(found, str)
    return found


def arrive(person: Person) -> None:
    """As `Person.arrive`, whatever the language."""
    person.page.goto(person.url)
    person.page.locator(".channel-title", has_text="General").wait_for()


@pytest.mark.parametrize("language", PLURALS)
def test_the_browsers_language_is_the_pages(newcomer: Come, come: Come, language: str) -> None:
    person = newcomer(come("ana").url, "ana", locale=language)
    page = person.page
    page.goto(person.url)
    expect(page.get_by_role("heading", name=text(language, "Welcome back"))).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", language)
    assert page.evaluate("getComputedStyle(document.body).direction") == ("rtl" if language == "ar" else "ltr")
    page.get_by_label(text(language, "Login")).fill("ana")
    page.get_by_label(text(language, "Password")).fill(PASSWORD)
    page.get_by_role("button", name=text(language, "Sign in"), exact=True).click()
    expect(page.get_by_role("heading", name=text(language, "Chats"))).to_be_visible()


def test_a_language_of_nobody_is_english(newcomer: Come, come: Come) -> None:
    page = newcomer(come("ana").url, "ana", locale="fi-FI").page
    page.goto(come("ana").url)
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_a_chosen_language_goes_along_to_the_next_device(newcomer: Come, come: Come) -> None:
    cookies = come("ana").context.storage_state()
    url = come("ana").url
    ana = newcomer(url, "ana", storage_state=cookies)
    ana.arrive()
    ana.page.get_by_role("button", name="Your account").click()
    ana.page.get_by_role("menuitem", name="Language: English").click()
    ana.page.get_by_role("button", name="Deutsch").click()
    expect(ana.page.get_by_role("button", name=text("de", "Your account"))).to_be_visible()
    other = newcomer(url, "ana", storage_state={**cookies, "origins": []})
    arrive(other)
    expect(other.page.get_by_role("button", name=text("de", "Your account"))).to_be_visible()
    other.page.get_by_role("button", name=text("de", "Your account")).click()
    other.page.get_by_role("menuitem", name="Deutsch").click()
    other.page.get_by_role("button", name="English").click()
    expect(other.page.get_by_role("button", name="Your account")).to_be_visible()
    assert other.call("users.me", {})["preferred_languages"] == ["en"]
    # A choice that was made at a device stays there.
    arrive(ana)
    expect(ana.page.locator("html")).to_have_attribute("lang", "de")
    ana.call("users.update", {"preferred_languages": []})


@pytest.mark.parametrize("device", [DESK, PHONE], ids=["desk", "phone"])
def test_arabic_runs_from_right_to_left(newcomer: Come, come: Come, device: dict[str, Any]) -> None:
    ben = come("ben")
    ben.open("General")
    ben.say("Hello from the left")
    ana = newcomer(ben.url, "ana", locale="ar", storage_state=come("ana").context.storage_state(), **device)
    arrive(ana)
    ana.page.locator(".channel a", has_text="General").click()
    bubble = ana.page.locator(".message .bubble", has_text="Hello from the left").last
    expect(bubble).to_have_css("direction", "ltr")
    box, width = bubble.bounding_box(), ana.page.evaluate("innerWidth")
    assert box is not None
    assert box["x"] > width / 4, "what others say stands at the right"
    assert ana.page.evaluate("document.documentElement.scrollWidth") <= width
