"""The list of conversations: sections, channels to join, what is put first or away; and the palette."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.person import Person

pytestmark = pytest.mark.slow

Come = Callable[..., Person]
HOSTILE = '<img src=x onerror="alert(1)">'


def choose(person: Person, title: str, entry: str) -> None:
    person.channel(title).click(button="right")
    person.page.get_by_role("menuitem", name=entry, exact=True).click()


def section(person: Person, name: str) -> Locator:
    return person.page.locator(".section-head").filter(has_text=name)


def titles(person: Person) -> list[str]:
    return person.page.locator(".section-toggle, .channel-title").all_inner_texts()


def test_a_public_channel_is_found_looked_into_and_joined(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    name = f"Gardening {HOSTILE}"
    ben.page.get_by_role("button", name="New conversation").click()
    ben.page.get_by_role("button", name="New channel").click()
    ben.page.get_by_label("Channel name").fill(name)
    ben.page.get_by_role("button", name="Create channel").click()
    expect(ben.page.get_by_role("heading", name=name, level=2)).to_be_visible()
    ben.say(f"Roses {HOSTILE}")
    ben.sees("Roses")
    page = ana.page
    section(ana, "Channels").get_by_role("button", name="Browse channels").click()
    page.get_by_label("Find a channel").fill("garden")
    row = page.locator(".browse-row")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("1 member")
    row.locator(".browse-open").click()
    expect(page.get_by_role("list", name="Latest messages")).to_contain_text(f"Roses {HOSTILE}")
    page.get_by_role("button", name="All channels").click()
    expect(row.locator(".browse-open")).to_be_focused()
    row.get_by_role("button", name="Join").click()
    expect(page.get_by_role("heading", name=name, level=2)).to_be_visible()
    ana.say("Mine too")
    ben.sees("Mine too")
    choose(ana, "Gardening", "Leave")
    page.get_by_role("dialog").get_by_role("button", name="Leave").click()
    expect(ana.channel("Gardening")).to_have_count(0)


def test_star_mute_archive_are_the_same_elsewhere(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    # What is open stays in view even when it is archived.
    ana.open("General")
    url = ben.call("channels.create", {"user_ids": ["ana"], "name": "Quarry"})["channel_url"]
    phone = come("ana", viewport={"width": 1000, "height": 700})
    choose(ana, "Quarry", "Star")
    expect(section(ana, "Starred")).to_be_visible()
    assert titles(ana)[:2] == ["Starred", "Quarry"]
    phone.arrive()
    expect(section(phone, "Starred")).to_be_visible()
    choose(ana, "Quarry", "Unstar")
    expect(section(ana, "Starred")).to_have_count(0)
    choose(ana, "Quarry", "Mute")
    expect(phone.channel("Quarry").locator(".quiet-sign")).to_be_visible()
    choose(ana, "Quarry", "Unmute")
    expect(phone.channel("Quarry").locator(".quiet-sign")).to_have_count(0)
    choose(ana, "Quarry", "Archive")
    expect(ana.channel("Quarry")).to_have_count(0)
    expect(section(phone, "Archived")).to_be_visible()
    section(phone, "Archived").get_by_role("button").click()
    expect(phone.channel("Quarry")).to_be_visible()
    ben.call("messages.send", {"channel_url": url, "message": "Again"})
    expect(ana.channel("Quarry").locator(".badge")).to_contain_text("1")
    expect(section(ana, "Archived")).to_have_count(0)


def test_sections_fold_and_say_what_is_new(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    url = ben.call("channels.create", {"user_ids": ["ana"], "is_distinct": True, "custom_type": "direct"})[
        "channel_url"
    ]
    expect(ana.channel("Ben Okafor")).to_be_visible()
    ana.open("General")
    toggle = section(ana, "Direct messages").locator(".section-toggle")
    ana.call("channels.mark_all_read", {})
    toggle.click()
    expect(ana.channel("Ben Okafor")).to_have_count(0)
    expect(toggle).to_have_attribute("aria-expanded", "false")
    ben.call("messages.send", {"channel_url": url, "message": "Psst"})
    expect(ana.channel("Ben Okafor")).to_be_visible()
    ana.page.get_by_role("button", name="Only unread").click()
    expect(ana.page.locator(".section-head")).to_have_count(0)
    ana.page.get_by_role("button", name="Mark all as read").click()
    expect(ana.channel("Ben Okafor")).to_have_count(0)
    ana.page.get_by_role("button", name="Only unread").click()
    toggle.click()
    expect(ana.channel("Ben Okafor")).to_be_visible()


def test_several_people_without_a_name_are_one_conversation(come: Come) -> None:
    ana = come("ana")
    for _ in range(2):
        ana.page.get_by_role("button", name="New conversation").click()
        ana.page.get_by_role("button", name="New group").click()
        ana.page.get_by_role("option", name="Ben Okafor").click()
        ana.page.get_by_role("button", name="Create group").click()
        expect(ana.page.get_by_role("heading", name="Ben Okafor", level=2)).to_be_visible()
    expect(ana.channel("Ben Okafor")).to_have_count(1)


def test_the_palette_goes_anywhere_by_keyboard(come: Come) -> None:
    ana = come("ana")
    ana.call("channels.create", {"name": f"Café Münster {HOSTILE}"})
    page, keys = ana.page, ana.page.keyboard
    expect(ana.channel("Café")).to_be_visible()
    page.get_by_label("Find a conversation").first.focus()
    keys.press("Control+k")
    field = page.get_by_role("combobox", name="Go to a conversation, a person, or an action")
    expect(field).to_be_focused()
    keys.type("cafe mun")
    expect(page.get_by_role("option", selected=True)).to_contain_text("Café Münster")
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Café Münster", level=2)).to_be_visible()
    keys.press("Control+k")
    expect(field).to_be_focused()
    keys.type("okafor")
    expect(page.get_by_role("option", selected=True)).to_contain_text("Ben Okafor")
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Ben Okafor", level=2)).to_be_visible()
    keys.press("Control+k")
    expect(page.get_by_role("option").first).to_be_visible()
    keys.type("dark theme")
    keys.press("Enter")
    expect(field).to_have_count(0)
    assert page.evaluate("document.documentElement.dataset.appearance") == "dark"
    keys.press("Control+k")
    expect(field).to_be_focused()
    keys.type("zzzz")
    expect(page.get_by_text("Nothing has this name.").first).to_be_visible()
    keys.press("Escape")
    expect(field).to_have_count(0)
    page.evaluate("localStorage.removeItem('chatd.appearance')")


def test_all_conversations_come_without_scrolling(come: Come) -> None:
    ana = come("ana")
    for number in range(60):
        ana.call("channels.create", {"name": f"Room {number:03}"})
    ana.arrive()
    expect(ana.channel("Room 000")).to_have_count(1)
    ana.page.get_by_label("Find a conversation").first.fill("room 04")
    expect(ana.page.locator(".channel")).to_have_count(10)
    ana.page.get_by_label("Find a conversation").first.fill("")


def test_what_is_pressed_is_opened_though_the_list_changes_meanwhile(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    ana.open("General")
    pressed, other = (
        ben.call("channels.create", {"user_ids": ["ana"], "name": name})["channel_url"]
        for name in ("Pressed", "Witness")
    )
    ben.call("messages.send", {"channel_url": pressed, "message": "Before"})
    expect(ana.channel("Pressed")).to_contain_text("Before")
    unread = int(ana.page.title()[1:].partition(")")[0])
    ana.channel("Pressed").hover()
    ana.page.mouse.down()
    ben.call("messages.send", {"channel_url": pressed, "message": "Meanwhile"})
    ben.call("messages.send", {"channel_url": other, "message": "At the top"})
    expect(ana.page).to_have_title(f"({unread + 2}) General · chatd")
    expect(ana.channel("Pressed")).to_contain_text("Before")
    ana.page.mouse.up()
    expect(ana.page.get_by_role("heading", name="Pressed", level=2)).to_be_visible()
    expect(ana.channel("Pressed")).to_contain_text("Meanwhile")
    expect(ana.channel("Witness")).to_contain_text("At the top")
