"""Replies in threads."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.person import Person

pytestmark = pytest.mark.slow

Come = Callable[..., Person]


def thread(person: Person) -> Locator:
    return person.page.get_by_role("complementary", name="Thread")


def open_thread(person: Person, text: str) -> Locator:
    person.use(person.message(text), "Reply in a thread")
    return thread(person)


def reply(person: Person, text: str) -> None:
    thread(person).get_by_label("Reply", exact=True).fill(text)
    thread(person).get_by_label("Reply", exact=True).press("Enter")
    expect(thread(person).locator(".message:not(.pending)", has_text=text)).to_be_visible()


def test_replies_are_beside_the_conversation(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    ana.open("General")
    ben.open("General")
    ana.say("Where do we meet?")
    ben.sees("Where do we meet?")
    open_thread(ben, "Where do we meet?")
    reply(ben, "At the fountain")
    expect(ben.page.locator(".column .message", has_text="At the fountain")).to_have_count(0)
    link = ana.message("Where do we meet?").locator(".thread-link")
    expect(link).to_contain_text("1 reply")
    link.click()
    expect(thread(ana).locator(".message")).to_have_count(2)
    expect(thread(ana)).to_contain_text("At the fountain")
    reply(ana, "See you there")
    expect(thread(ben)).to_contain_text("See you there")
    expect(ben.page.locator(".column .message", has_text="Where do we meet?").locator(".thread-link")).to_contain_text(
        "2 replies"
    )
    for person in (ana, ben):
        expect(person.channel("General").locator(".badge")).to_have_count(0)
    ana.page.keyboard.press("Escape")
    expect(thread(ana)).to_have_count(0)
    ana.arrive()
    ana.open("General")
    expect(ana.page.locator(".feed .message", has_text="See you there")).to_have_count(0)
    expect(ana.message("Where do we meet?").locator(".thread-link")).to_contain_text("2 replies")


def test_a_reply_can_go_to_the_channel_too_and_leads_to_its_thread(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    ana.open("General")
    ben.open("General")
    ana.say("The build is red")
    ben.sees("The build is red")
    open_thread(ben, "The build is red")
    thread(ben).get_by_label("Also send to General").check()
    reply(ben, "It is green again")
    shown = ana.page.locator(".column .message", has_text="It is green again")
    expect(shown).to_be_visible()
    shown.get_by_role("button", name="Replied to a thread").click()
    expect(thread(ana).locator(".message").first).to_contain_text("The build is red")
    expect(thread(ana).locator(".message").last).to_contain_text("It is green again")


def test_the_first_message_of_a_thread_follows_its_edits_and_reactions(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    ana.open("General")
    ben.open("General")
    ana.say("Tusday it is")
    ben.sees("Tusday it is")
    first = open_thread(ben, "Tusday it is").locator(".message").first
    ana.field.press("ArrowUp")
    ana.page.get_by_label("Edit message").fill("Tuesday it is")
    ana.page.get_by_label("Edit message").press("Enter")
    expect(first).to_contain_text("Tuesday it is")
    ben.use(first, "React")
    ben.page.get_by_role("dialog", name="Emoji").get_by_role("button", name="🎉").first.click()
    expect(first.locator(".reaction")).to_have_text("🎉1")
    expect(ana.message("Tuesday it is").locator(".reaction")).to_have_text("🎉1")
