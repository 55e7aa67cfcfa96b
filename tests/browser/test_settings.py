"""What people say of themselves and set, and what others see of it."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Team
from tests.browser.person import PASSWORD, Person
from tests.served import Served

pytestmark = pytest.mark.slow

Come = Callable[..., Person]
HOSTILE = '<img src=x onerror="alert(1)">'


def open_settings(person: Person, tab: str) -> Locator:
    person.page.get_by_role("button", name="Your account").click()
    person.page.get_by_role("menuitem", name="Settings").click()
    dialog = person.page.get_by_role("dialog", name="Settings")
    dialog.get_by_role("tab", name=tab).click()
    return dialog


def card_of(person: Person, name: str) -> Locator:
    person.page.locator(".message-head").get_by_role("button", name=name, exact=True).last.click()
    return person.page.get_by_role("dialog", name=name)


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes((200, 60, 90)) * 64 for _ in range(64))
    head = struct.pack(">IIBBBBB", 64, 64, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def test_name_status_and_picture_are_seen_by_others(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    dialog = open_settings(ben, "Profile")
    dialog.get_by_label("Name", exact=True).fill(HOSTILE)
    dialog.get_by_role("button", name="Save name").click()
    expect(ben.page.get_by_text("Saved").first).to_be_visible()
    dialog.get_by_role("button", name="At lunch").click()
    dialog.get_by_label("Status", exact=True).fill(f"Soup {HOSTILE}")
    dialog.get_by_role("button", name="Save status").click()
    expect(dialog.get_by_role("button", name="Clear status")).to_be_visible()
    with ben.page.expect_file_chooser() as chooser:
        dialog.get_by_role("button", name="Change picture").click()
    chooser.value.set_files({"name": "me.png", "mimeType": "image/png", "buffer": png()})
    expect(dialog.get_by_alt_text("Preview of your picture")).to_be_visible()
    dialog.get_by_role("button", name="Use this picture").click()
    expect(dialog.locator(".profile-picture .avatar img")).to_be_visible()
    ben.page.keyboard.press("Escape")
    ben.open("General")
    ben.say("It is me")
    ana.open("General")
    ana.sees("It is me")
    card = card_of(ana, HOSTILE)
    expect(card).to_contain_text(f"Soup {HOSTILE}")
    expect(card).to_contain_text("Online")
    expect(card.locator(".avatar img")).to_be_visible()
    ana.page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    dialog = open_settings(ben, "Profile")
    # One after the other: a button that moves under the pointer, because what is above it goes, is not pressed.
    for name in ("Remove picture", "Clear status"):
        dialog.get_by_role("button", name=name).click()
        expect(dialog.get_by_role("button", name=name)).to_be_hidden()
    dialog.get_by_label("Name", exact=True).fill("Ben Okafor")
    dialog.get_by_role("button", name="Save name").click()
    expect(ana.page.locator(".message-head").get_by_role("button", name="Ben Okafor", exact=True).last).to_be_visible()
    # The menu is drawn when it opens.
    expect(dialog.get_by_role("button", name="Save name")).not_to_have_attribute("aria-busy", "true")
    ben.page.keyboard.press("Escape")
    ben.page.get_by_role("button", name="Your account").click()
    expect(ben.page.locator(".menu-head")).to_contain_text("Ben Okafor")
    assert ben.call("users.me", {})["status"] == {"text": "", "emoji": "", "expires_at": 0}


def test_who_is_invisible_is_away_for_others(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    ben.open("General")
    ben.say("Now you see me")
    ana.open("General")
    ana.sees("Now you see me")
    card = card_of(ana, "Ben Okafor")
    expect(card).to_contain_text("Online")
    dialog = open_settings(ben, "Privacy")
    choice = dialog.get_by_label("Who sees whether I am online")
    choice.select_option("nobody")
    expect(card).to_contain_text("Away")
    choice.select_option("everybody")
    expect(card).to_contain_text("Online")


def test_block_and_unblock(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    ben.open("General")
    ben.say("Pest speaking")
    ana.open("General")
    ana.sees("Pest speaking")
    card = card_of(ana, "Ben Okafor")
    card.get_by_role("button", name="Block").click()
    ana.page.get_by_role("dialog", name="Block Ben Okafor?").get_by_role("button", name="Block").click()
    expect(ana.page.get_by_text("Ben Okafor is blocked")).to_be_visible()
    dialog = open_settings(ana, "Privacy")
    dialog.get_by_role("button", name="Unblock Ben Okafor").click()
    expect(dialog.get_by_text("You have blocked nobody.")).to_be_visible()
    assert ana.call("blocks.list", {})["users"] == []


def test_card_leads_to_a_mention_and_to_a_direct_conversation(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    ben.open("General")
    ben.say("Ask me")
    ana.open("General")
    ana.sees("Ask me")
    card_of(ana, "Ben Okafor").get_by_role("button", name="Mention").click()
    expect(ana.field).to_have_value("@ben ")
    ana.field.fill("")
    card_of(ana, "Ben Okafor").get_by_role("button", name="Message", exact=True).click()
    expect(ana.page.get_by_role("heading", name="Ben Okafor", level=2)).to_be_visible()
    expect(ana.page.locator(".head")).to_contain_text("Online")


def test_pages_by_keyboard_and_the_theme(come: Come) -> None:
    ana = come("ana")
    dialog = open_settings(ana, "Profile")
    for name in ("Notifications", "Privacy", "Devices", "Password", "Appearance"):
        ana.page.keyboard.press("ArrowDown")
        expect(dialog.get_by_role("tab", name=name)).to_be_focused()
    dialog.get_by_label("Dark").check()
    assert ana.page.evaluate("document.documentElement.dataset.appearance") == "dark"
    dialog.get_by_label("System").check()
    ana.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(ana.page.get_by_role("button", name="Your account")).to_be_focused()


def test_sessions_are_signed_out_from_another_device(come: Come, newcomer: Callable[..., Person], team: Team) -> None:
    ben = come("ben")
    other = newcomer(team.served.url, "ben")
    other.sign_in()
    dialog = open_settings(ben, "Devices")
    sessions = dialog.get_by_role("list", name="Devices and sessions").get_by_role("listitem")
    expect(sessions.first).to_contain_text("This browser")
    expect(sessions.first).to_contain_text("Chrome")
    dialog.get_by_role("button", name="Sign out everywhere else").click()
    ben.page.get_by_role("dialog", name="Sign out everywhere else?").get_by_role("button", name="Sign out").click()
    expect(sessions).to_have_count(1)
    expect(other.page.get_by_role("heading", name="Welcome back")).to_be_visible()
    ben.page.keyboard.press("Escape")
    ben.open("General")
    ben.say("Still in")
    ben.sees("Still in")


def test_a_password_is_changed_and_reset_by_the_owner(fresh: Served, newcomer: Callable[..., Person]) -> None:
    ana, ben = newcomer(fresh.url, "ana"), newcomer(fresh.url, "ben")
    ana.join(fresh.link, "Ana Ribeiro")
    ben.join(ana.invite(), "Ben Okafor")
    dialog = open_settings(ben, "Password")
    dialog.get_by_label("Current password").fill(PASSWORD)
    dialog.get_by_label("New password", exact=True).fill("battery staple")
    dialog.get_by_label("New password once more").fill("battery stable")
    dialog.get_by_role("button", name="Change password").click()
    expect(dialog.get_by_text("This is another password")).to_be_visible()
    dialog.get_by_label("New password once more").fill("battery staple")
    dialog.get_by_role("button", name="Change password").click()
    expect(ben.page.get_by_text("Your password is changed.")).to_be_visible()
    ben.page.keyboard.press("Escape")
    ben.open("General")
    ben.say("I forget everything")
    ana.open("General")
    ana.sees("I forget everything")
    card_of(ana, "Ben Okafor").get_by_role("button", name="Reset password").click()
    ana.page.get_by_role("button", name="Make a link").click()
    link = ana.page.get_by_label("Link to a new password").input_value()
    page = ben.page
    page.goto(link)
    page.get_by_label("New password", exact=True).fill(PASSWORD)
    page.get_by_label("New password once more").fill(PASSWORD)
    page.get_by_role("button", name="Save and sign in").click()
    ben.channel("General").wait_for()
    page.goto(link)
    expect(page.get_by_role("heading", name="This link is no longer valid")).to_be_visible()
    # The browser itself reports the link's 404.
    assert [complaint for complaint in ben.complaints if "status of 404" not in complaint] == []
    ben.complaints.clear()
