"""What was begun: kept on the server, shown on the other device, gone when it is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.person import Person

pytestmark = pytest.mark.slow

Come = Callable[..., Person]
HOSTILE = "<img src=x onerror=alert(1)>"


def drafts(person: Person) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = person.call("drafts.list", {})["drafts"]
    return found


def test_a_draft_follows_to_the_other_device_and_is_gone_when_sent(come: Come) -> None:
    desk, phone = come("ana"), come("ana", **PHONE)
    desk.open("General")
    desk.field.press_sequentially(f"Half a thought {HOSTILE}")
    mark = phone.channel("General").locator(".draft-mark")
    expect(mark).to_be_visible()
    phone.channel("General").tap()
    expect(phone.field).to_have_value(f"Half a thought {HOSTILE}")
    phone.field.fill("Half a thought, finished")
    expect(desk.field).to_have_value("Half a thought, finished")
    desk.field.press("Enter")
    expect(phone.field).to_have_value("")
    assert drafts(desk) == []


def test_a_draft_survives_a_reload_also_of_a_thread(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    ben.call("channels.create", {"user_ids": ["ana"], "name": "Drafting room"})
    ana.open("General")
    ana.say("What began a thread")
    ana.sees("What began a thread")
    ana.use(ana.message("What began a thread"), "Reply in a thread")
    reply = ana.page.get_by_role("textbox", name="Reply")
    reply.fill("A reply that waits")
    field = ana.page.get_by_role("textbox", name="Message General")
    field.fill("A message that waits")
    ana.page.reload()
    ana.channel("General").wait_for()
    expect(field).to_have_value("A message that waits")
    ana.open("Drafting room")
    expect(ana.channel("General").locator(".draft-mark")).to_be_visible()
    expect(ana.channel("Drafting room").locator(".draft-mark")).to_have_count(0)
    ana.open("General")
    ana.use(ana.message("What began a thread"), "Reply in a thread")
    expect(reply).to_have_value("A reply that waits")
    reply.press("Enter")
    expect(ana.page.locator(".thread .message")).to_have_count(2)
    field.fill("")
    ana.page.get_by_role("button", name="Close the thread").click()
    ana.open("Drafting room")
    expect(ana.page.locator(".draft-mark")).to_have_count(0)


def test_the_server_is_not_told_of_every_letter(come: Come) -> None:
    ana = come("ana")
    ana.open("General")
    ana.page.evaluate(
        """() => {
            window.told = [];
            const send = WebSocket.prototype.send;
            WebSocket.prototype.send = function (data) {
                if (String(data).includes("drafts.set")) window.told.push(String(data));
                return send.call(this, data);
            };
        }"""
    )
    ana.field.press_sequentially("A longer thought that takes a while to be written down", delay=15)
    ana.page.wait_for_function("() => window.told.at(-1)?.includes('written down')")
    told: list[str] = ana.page.evaluate("window.told")
    assert len(told) < 6
    ana.field.fill("")


def test_a_draft_outlives_a_page_that_goes_before_the_server_is_told(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    ana.open("General")
    ana.page.evaluate(
        """() => {
            const send = WebSocket.prototype.send;
            WebSocket.prototype.send = function (data) {
                if (!String(data).includes("drafts.set")) send.call(this, data);
            };
        }"""
    )
    ana.field.fill(HOSTILE)
    ana.page.reload()
    ana.channel("General").wait_for()
    expect(ana.field).to_have_value(HOSTILE)
    ben.open("General")
    expect(ben.field).to_have_value("")
    ana.field.fill("")
    assert ana.page.evaluate("localStorage.getItem('chatd.unsaved')") is None
