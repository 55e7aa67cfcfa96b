"""Messages that are sent later."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import PHONE
from tests.browser.person import Person

pytestmark = pytest.mark.slow

Come = Callable[..., Person]
HOSTILE = "<img src=x onerror=alert(1)>"


def schedule(person: Person, text: str, when: str = "In 20 minutes") -> None:
    person.field.fill(text)
    person.page.get_by_role("button", name="Send later").click()
    person.page.get_by_role("menuitem", name=when).click()


def line(person: Person, text: str) -> Locator:
    return person.page.locator(".scheduled-line", has_text=text)


def hurry(person: Person) -> None:
    """Have the only scheduled message of a person sent in a moment."""
    [found] = person.call("scheduled_messages.list", {"status": ["pending"]})["scheduled_messages"]
    soon = int(time.time() * 1000) + 1500
    wanted: dict[str, Any] = {"scheduled_message_id": found["scheduled_message_id"], "scheduled_at": soon}
    assert person.call("scheduled_messages.update", wanted)["scheduled_at"] == soon


def test_what_is_scheduled_is_listed_changed_and_sent(come: Come) -> None:
    desk, phone, ben = come("ana"), come("ana", **PHONE), come("ben")
    desk.open("General")
    phone.open("General")
    ben.open("General")
    schedule(desk, f"Good morning @ben {HOSTILE}")
    expect(desk.field).to_have_value("")
    expect(desk.field).to_be_focused()
    line(phone, "1 scheduled message").tap()
    dialog = phone.page.get_by_role("dialog", name="Scheduled messages")
    expect(dialog.get_by_role("listitem")).to_contain_text(f"Good morning @Ben Okafor {HOSTILE}")
    dialog.get_by_role("button", name="Edit").tap()
    editor = phone.page.get_by_role("dialog", name="Edit scheduled message")
    editor.get_by_label("Message").fill("Good evening @ben")
    editor.get_by_role("button", name="Save").tap()
    expect(dialog.get_by_role("listitem")).to_contain_text("Good evening @Ben Okafor")
    hurry(desk)
    ben.sees("Good evening @Ben Okafor")
    expect(ben.message("Good evening").locator(".own-mention")).to_be_visible()
    expect(dialog).to_have_count(0)
    expect(desk.page.locator(".scheduled-line:visible")).to_have_count(0)


def test_it_is_sent_now_or_never(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    ana.open("General")
    ben.open("General")
    schedule(ana, "Sent now", "Tomorrow at 9")
    schedule(ana, "Sent never", "In 20 minutes")
    line(ana, "2 scheduled messages").click()
    items = ana.page.get_by_role("dialog").get_by_role("listitem")
    expect(items).to_contain_text(["Sent never", "Tomorrow"])
    items.filter(has_text="Sent never").get_by_role("button", name="Delete").click()
    expect(items).to_have_count(1)
    items.get_by_role("button", name="Send now").click()
    ben.sees("Sent now")
    expect(ana.page.get_by_role("dialog")).to_have_count(0)
    assert ana.call("scheduled_messages.count", {"status": ["pending"]})["count"] == 0


def test_a_day_and_a_time_are_picked(come: Come) -> None:
    ana = come("ana")
    ana.open("General")
    schedule(ana, "Later", "Pick day and time")
    dialog = ana.page.get_by_role("dialog", name="Send later")
    dialog.get_by_label("Send at").fill("2020-01-01T10:00")
    dialog.get_by_role("button", name="Schedule").click()
    expect(dialog).to_contain_text("Choose a time that is still to come.")
    expect(ana.field).to_have_value("Later")
    soon = ana.page.evaluate(
        "new Date(Date.now() + 864e5 - new Date().getTimezoneOffset() * 6e4).toISOString().slice(0, 16)"
    )
    dialog.get_by_label("Send at").fill(soon)
    dialog.get_by_role("button", name="Schedule").click()
    line(ana, "1 scheduled message").click()
    ana.page.get_by_role("button", name="Delete").click()
    expect(ana.page.get_by_role("dialog")).to_have_count(0)


def test_what_could_not_be_sent_is_told(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    made = ben.call("channels.create", {"user_ids": ["ana"], "name": "Silent room", "operator_ids": ["ben"]})
    ana.open("Silent room")
    schedule(ana, "Nobody hears it")
    expect(line(ana, "1 scheduled message")).to_be_visible()
    ben.call("mutes.add", {"channel_url": made["channel_url"], "user_id": "ana"})
    hurry(ana)
    expect(ana.page.get_by_text("A scheduled message was not sent:")).to_be_visible()
    line(ana, "1 scheduled message was not sent").click()
    item = ana.page.get_by_role("dialog").get_by_role("listitem")
    expect(item).to_contain_text("Not sent.")
    item.get_by_role("button", name="Discard").click()
    expect(ana.page.get_by_role("dialog")).to_have_count(0)
