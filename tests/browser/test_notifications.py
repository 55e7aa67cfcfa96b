"""What a person is told of: mentions, marks of other devices, and when they want to be left alone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.person import Person

pytestmark = pytest.mark.slow

Come = Callable[..., Person]


def test_mentions_have_a_badge_until_they_are_read_or_gone(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    url = ben.call("channels.create", {"user_ids": ["ana"], "name": "Harbour"})["channel_url"]
    ana.open("General")
    badge = ana.channel("Harbour").locator(".badge:not(.mention)")
    mention = ana.channel("Harbour").locator(".badge.mention")
    sent = {"channel_url": url, "message": "Ana, look", "mentioned_user_ids": ["ana"]}
    first = ben.call("messages.send", sent)["message_id"]
    ben.call("messages.send", {"channel_url": url, "message": "and you too"})
    expect(badge).to_contain_text("2")
    expect(mention).to_be_visible()
    ben.call("messages.delete", {"channel_url": url, "message_id": first})
    expect(badge).to_contain_text("1")
    expect(mention).to_have_count(0)
    ana.call("channels.mark_read", {"channel_url": url})
    expect(badge).to_have_count(0)
    second = ben.call("messages.send", sent)["message_id"]
    ana.call("channels.mark_read", {"channel_url": url})
    expect(badge).to_have_count(0)
    ana.call("channels.mark_unread", {"channel_url": url, "message_id": second})
    expect(badge).to_contain_text("1")
    expect(mention).to_be_visible()


def test_notifications_of_a_channel_are_chosen_and_shown(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    url = ben.call("channels.create", {"user_ids": ["ana"], "name": "Noise"})["channel_url"]
    ana.open("Noise")
    ana.page.get_by_role("button", name="Details", exact=True).click()
    choice = ana.page.get_by_label("Notifications")
    expect(choice).to_have_value("default")
    choice.select_option("Nothing")
    expect(choice).to_have_value("off")
    assert ana.call("channels.view_push_preference", {"channel_url": url})["push_trigger_option"] == "off"
    ana.open("General")
    ben.call("messages.send", {"channel_url": url, "message": "again"})
    expect(ana.channel("Noise").locator(".badge.quiet")).to_contain_text("1")


def test_of_conversations_elsewhere_only_what_is_worth_a_notification_is_said(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    url = ben.call("channels.create", {"user_ids": ["ana"], "name": "Murmur"})["channel_url"]
    ana.open("General")
    ben.open("General")
    # A page that begins with what it kept may be told of another conversation, which is open until then.
    said = ana.page.get_by_role("log").locator("p", has_text=re.compile(r"in (Murmur|General):"))
    ben.call("messages.send", {"channel_url": url, "message": "Worth it"})
    expect(said).to_have_text(["Ben Okafor in Murmur: Worth it"])
    ana.call("users.update_push_preference", {"push_trigger_option": "off"})
    ben.call("messages.send", {"channel_url": url, "message": "Not worth it"})
    expect(ana.channel("Murmur")).to_contain_text("Not worth it")
    ben.say("Here")
    expect(said).to_have_text(["Ben Okafor in Murmur: Worth it", "Ben Okafor in General: Here"])
    ana.call("users.reset_push_preference", {})


def test_a_pause_and_quiet_hours(come: Come) -> None:
    ana = come("ana")

    def open_dialog(label: str) -> None:
        ana.page.get_by_role("button", name="Your account").click()
        ana.page.get_by_role("menuitem", name=label).click()

    dialog = ana.page.get_by_role("dialog")
    open_dialog("Pause notifications")
    dialog.get_by_role("button", name="For an hour").click()
    expect(dialog).to_have_count(0)
    assert ana.call("users.view_push_preference", {})["snooze_enabled"]
    open_dialog("Paused until")
    ana.page.get_by_label("Quiet each day from").fill("22:30")
    ana.page.get_by_label("to", exact=True).fill("07:00")
    ana.page.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    kept = ana.call("users.view_push_preference", {})
    assert (kept["do_not_disturb"], kept["start_hour"], kept["start_min"], kept["end_hour"]) == (True, 22, 30, 7)
    open_dialog("Paused until")
    expect(ana.page.get_by_label("Quiet each day from")).to_have_value("22:30")
    dialog.get_by_role("button", name="End the pause").click()
    expect(dialog).to_have_count(0)
    assert not ana.call("users.view_push_preference", {})["snooze_enabled"]
    open_dialog("Pause notifications")
    ana.page.get_by_label("Quiet each day from").fill("")
    ana.page.get_by_label("to", exact=True).fill("")
    ana.page.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    assert not ana.call("users.view_push_preference", {})["do_not_disturb"]


def test_quiet_times_of_the_week_stay_unless_others_are_chosen(come: Come) -> None:
    ana = come("ana")
    noon = {"start_hour": 12, "start_min": 0, "end_hour": 13, "end_min": 0}
    weekly = [{"day_of_week": "saturday", "time_windows": [noon]}]
    ana.call("users.update_push_preference", {"do_not_disturb": True, "dnd_schedules": weekly})
    dialog = ana.page.get_by_role("dialog")

    def save(start: str, end: str) -> tuple[bool, int]:
        ana.page.get_by_role("button", name="Your account").click()
        ana.page.get_by_role("menuitem", name="Pause notifications").click()
        expect(ana.page.get_by_label("Quiet each day from")).to_have_value("")
        ana.page.get_by_label("Quiet each day from").fill(start)
        ana.page.get_by_label("to", exact=True).fill(end)
        ana.page.get_by_role("button", name="Save").click()
        expect(dialog).to_have_count(0)
        kept = ana.call("users.view_push_preference", {})
        return kept["do_not_disturb"], len(kept["dnd_schedules"])

    assert save("", "") == (True, 1)
    assert save("22:30", "07:00") == (True, 0)
    ana.call("users.reset_push_preference", {})


def test_a_message_is_marked_as_unread_and_stays_so_while_it_is_looked_at(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    url = ben.call("channels.create", {"user_ids": ["ana"], "name": "Later"})["channel_url"]
    ben.call("messages.send", {"channel_url": url, "message": "Think about it"})
    ana.open("Later")
    badge = ana.channel("Later").locator(".badge")
    expect(badge).to_have_count(0)
    message = ana.message("Think about it")
    ana.use(message, "More")
    ana.page.get_by_role("menuitem", name="Mark as unread").click()
    expect(badge).to_contain_text("1")
    expect(ana.page.locator(".unread-line")).to_be_visible()
    ben.call("messages.send", {"channel_url": url, "message": "Really"})
    expect(badge).to_contain_text("2")
    ana.say("I have")
    expect(badge).to_have_count(0)


def test_what_another_device_has_cleared_away_is_gone(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    url = ben.call("channels.create", {"user_ids": ["ana"], "name": "Old"})["channel_url"]
    ana.open("Old")
    ben.call("messages.send", {"channel_url": url, "message": "Long ago"})
    ana.sees("Long ago")
    ana.call("channels.reset_history", {"channel_url": url})
    expect(ana.message("Long ago")).to_have_count(0)
    expect(ana.channel("Old")).to_contain_text("No messages yet")
    ben.call("messages.send", {"channel_url": url, "message": "Just now"})
    ana.sees("Just now")
