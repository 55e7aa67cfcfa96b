"""Polls: made, voted on, changed and closed, with both people seeing how it stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.person import Person
from tests.browser.test_offline import keeps

pytestmark = pytest.mark.slow

Come = Callable[..., Person]
HOSTILE = "<img src=x onerror=alert(1)>"


def ask(person: Person, question: str, *options: str, **choices: bool) -> None:
    """Make a poll in the open conversation."""
    person.page.get_by_role("button", name="Attach").click()
    person.page.get_by_role("menuitem", name="Poll").click()
    dialog = person.page.get_by_role("dialog", name="New poll")
    dialog.get_by_label("Question").fill(question)
    for index, option in enumerate(options, 1):
        dialog.get_by_label(f"Option {index}", exact=True).fill(option)
    for label in choices:
        dialog.get_by_label(label).check()
    dialog.get_by_role("button", name="Send poll").click()
    expect(dialog).to_have_count(0)


def poll(person: Person, question: str) -> Locator:
    return person.page.get_by_role("group", name=f"Poll: {question}")


def option(person: Person, question: str, text: str) -> Locator:
    return poll(person, question).get_by_role("listitem").filter(has_text=text)


def test_both_vote_change_and_see_it_live(come: Come) -> None:
    ana, ben = come("ana"), come("ben", **PHONE)
    ana.open("General")
    ben.open("General")
    question = f"Lunch? {HOSTILE}"
    ask(ana, question, "Noodles", HOSTILE)
    option(ben, question, "Noodles").tap()
    expect(option(ana, question, "Noodles").locator(".poll-count")).to_contain_text("1")
    expect(option(ana, question, "Noodles").locator(".avatar")).to_have_text("BO")
    option(ana, question, HOSTILE).get_by_role("radio").check()
    expect(poll(ben, question)).to_contain_text("2 people voted")
    option(ben, question, HOSTILE).tap()
    expect(option(ana, question, HOSTILE).locator(".poll-count")).to_contain_text("2")
    expect(option(ana, question, "Noodles").locator(".poll-count")).to_contain_text("0")
    poll(ana, question).get_by_role("button", name="Take back").click()
    expect(poll(ben, question)).to_contain_text("1 person voted")
    poll(ana, question).get_by_role("button", name="Who voted").click()
    dialog = ana.page.get_by_role("dialog", name="Who voted")
    expect(dialog.get_by_role("listitem")).to_have_text(["BOBen Okafor@ben"])
    ana.page.keyboard.press("Escape")
    ben.arrive()
    ben.open("General")
    expect(option(ben, question, HOSTILE).get_by_role("radio")).to_be_checked()


def test_several_answers_suggestions_and_the_end(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    ana.open("General")
    ben.open("General")
    ask(ana, "Which days?", "Monday", "Tuesday", Several=True, Suggestions=True)
    option(ben, "Which days?", "Monday").get_by_role("checkbox").check()
    option(ben, "Which days?", "Tuesday").get_by_role("checkbox").check()
    expect(option(ana, "Which days?", "Monday").locator(".poll-count")).to_contain_text("1")
    expect(option(ana, "Which days?", "Tuesday").locator(".poll-count")).to_contain_text("1")
    poll(ben, "Which days?").get_by_role("button", name="Add an option").click()
    ben.page.get_by_label("New option").fill(f"Friday {HOSTILE}")
    ben.page.get_by_label("New option").press("Enter")
    option(ana, "Which days?", "Friday").get_by_role("checkbox").check()
    expect(option(ben, "Which days?", "Friday").locator(".poll-count")).to_contain_text("1")
    expect(poll(ben, "Which days?").get_by_role("button", name="Close")).to_have_count(0)
    poll(ana, "Which days?").get_by_role("button", name="Edit").click()
    editor = ana.page.get_by_role("dialog", name="Edit poll")
    editor.get_by_label("Closes", exact=True).select_option("In a week")
    editor.get_by_role("button", name="Save").click()
    expect(poll(ben, "Which days?")).to_contain_text("several answers · until")
    poll(ana, "Which days?").get_by_role("button", name="Close").click()
    ana.page.get_by_role("dialog").get_by_role("button", name="Close", exact=True).last.click()
    expect(poll(ben, "Which days?")).to_contain_text("Poll, closed")
    expect(option(ben, "Which days?", "Monday").get_by_role("checkbox")).to_be_disabled()


def test_nobody_learns_who_voted_in_an_anonymous_poll(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    ana.open("General")
    ben.open("General")
    ask(ana, "Happy?", "Yes", "No", Anonymous=True)
    option(ben, "Happy?", "No").get_by_role("radio").check()
    expect(option(ana, "Happy?", "No").locator(".poll-count")).to_contain_text("1")
    expect(poll(ana, "Happy?").locator(".avatar")).to_have_count(0)
    expect(poll(ana, "Happy?").get_by_role("button", name="Who voted")).to_have_count(0)


def test_what_is_missing_is_said(come: Come) -> None:
    ana = come("ana")
    ana.open("General")
    ana.page.get_by_role("button", name="Attach").click()
    ana.page.get_by_role("menuitem", name="Poll").click()
    dialog = ana.page.get_by_role("dialog", name="New poll")
    send = dialog.get_by_role("button", name="Send poll")
    send.click()
    expect(dialog).to_contain_text("What do you want to ask?")
    dialog.get_by_label("Question").fill("Tea?")
    dialog.get_by_label("Option 1").fill("Black")
    send.click()
    expect(dialog).to_contain_text("Give two options at least.")
    dialog.get_by_label("Option 2").fill("Black")
    send.click()
    expect(dialog).to_contain_text("An option stands there twice.")
    dialog.get_by_label("Option 2").fill("Green")
    dialog.get_by_label("Closes", exact=True).select_option("At a time…")
    dialog.get_by_label("Closes at").fill("2020-01-01T10:00")
    send.click()
    expect(dialog).to_contain_text("Choose a time that is still to come.")
    ana.page.keyboard.press("Escape")


def test_a_voter_who_was_renamed_meanwhile_has_the_initials_of_now(come: Come) -> None:
    ana, ben = come("ana", **DESK), come("ben")
    ana.call("channels.create", {"user_ids": ["ben"], "name": "Silent voters"})
    for person in (ana, ben):
        person.open("Silent voters")
    ask(ana, "Which colour?", "Red", "Blue")
    option(ben, "Which colour?", "Red").get_by_role("radio").check()
    face = option(ana, "Which colour?", "Red").locator(".avatar")
    expect(face).to_have_text("BO")
    keeps(ana, "Which colour?")
    url = ana.page.url
    ana.page.goto("about:blank")
    try:
        ben.call("users.update", {"nickname": "Zed"})
        ana.page.goto(url)
        expect(face).to_have_text("Z")
    finally:
        ben.call("users.update", {"nickname": "Ben Okafor"})
    expect(face).to_have_text("BO")
