"""What a person is told of: mentions, marks of other devices, and when they want to be left alone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

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


def open_pause(person: Person, label: str = "Pause notifications") -> Locator:
    person.page.get_by_role("button", name="Your account").click()
    person.page.get_by_role("menuitem", name=label).click()
    return person.page.get_by_role("dialog")


def save(dialog: Locator) -> None:
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)


def test_a_pause(come: Come) -> None:
    ana = come("ana")
    dialog = open_pause(ana)
    dialog.get_by_role("button", name="For an hour").click()
    expect(dialog).to_have_count(0)
    assert ana.call("users.view_push_preference", {})["snooze_enabled"]
    open_pause(ana, "Paused until").get_by_role("button", name="End the pause").click()
    expect(dialog).to_have_count(0)
    assert not ana.call("users.view_push_preference", {})["snooze_enabled"]


def test_quiet_hours_of_each_day(come: Come) -> None:
    ana = come("ana", timezone_id="Asia/Tokyo")
    dialog = open_pause(ana)
    kinds = dialog.get_by_label("Quiet times")
    expect(kinds).to_have_value("none")
    expect(dialog.get_by_label("Time zone")).to_be_hidden()
    kinds.select_option("The same every day")
    expect(dialog.get_by_label("Time zone")).to_have_value("Asia/Tokyo")
    day = dialog.get_by_role("group", name="Every day")
    day.get_by_label("From").fill("22:30")
    day.get_by_label("Until").fill("")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("alert").filter(has_text="Give both times.")).to_be_visible()
    expect(day.get_by_label("Until")).to_be_focused()
    day.get_by_label("Until").fill("07:15")
    save(dialog)
    kept = ana.call("users.view_push_preference", {})
    assert (kept["do_not_disturb"], kept["dnd_schedules"], kept["timezone"]) == (True, [], "Asia/Tokyo")
    assert [kept[name] for name in ("start_hour", "start_min", "end_hour", "end_min")] == [22, 30, 7, 15]
    open_pause(ana)
    expect(day.get_by_label("Until")).to_have_value("07:15")
    kinds.select_option("None")
    save(dialog)
    assert not ana.call("users.view_push_preference", {})["do_not_disturb"]
    ana.call("users.reset_push_preference", {})


def test_quiet_times_of_the_week(come: Come) -> None:
    ana = come("ana", locale="en-US")
    ana.call("users.update_push_preference", {"do_not_disturb": True, "start_hour": 21, "timezone": "Europe/Berlin"})
    dialog = open_pause(ana)
    expect(dialog.get_by_label("Quiet times")).to_have_value("daily")
    dialog.get_by_label("Quiet times").select_option("By day of the week")
    # Where this reader lives a week begins so; and each day begins as they were quiet before.
    days = dialog.get_by_role("group")
    assert days.evaluate_all("each => each.map((day) => day.ariaLabel)")[:2] == ["Sunday", "Monday"]
    starts = days.get_by_label("From").evaluate_all("each => each.map(({ value }) => value)")
    assert starts == ["21:00"] * 7
    for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"):
        remove_first(dialog.get_by_role("group", name=day))
    friday = dialog.get_by_role("group", name="Friday")
    friday.get_by_role("button", name="Add a time").click()
    expect(friday.get_by_label("From")).to_be_focused()
    friday.get_by_label("From").fill("12:30")
    friday.get_by_label("Until").fill("13:00")
    dialog.get_by_label("Time zone").select_option("America/New_York")
    save(dialog)
    kept = ana.call("users.view_push_preference", {})
    assert [each["day_of_week"] for each in kept["dnd_schedules"]] == ["friday", "saturday", "sunday"]
    noon = {"start_hour": 12, "start_min": 30, "end_hour": 13, "end_min": 0}
    assert (kept["dnd_schedules"][0]["time_windows"], kept["timezone"]) == ([noon], "America/New_York")
    open_pause(ana)
    expect(dialog.get_by_label("Quiet times")).to_have_value("weekly")
    expect(dialog.get_by_label("Time zone")).to_have_value("America/New_York")
    expect(friday.get_by_label("From")).to_have_value("12:30")
    for day in ("Friday", "Saturday", "Sunday"):
        remove_first(dialog.get_by_role("group", name=day))
    save(dialog)
    assert not ana.call("users.view_push_preference", {})["do_not_disturb"]
    ana.call("users.reset_push_preference", {})


def remove_first(day: Locator) -> None:
    day.get_by_role("button", name="Remove this time").first.click()
    expect(day.get_by_role("button", name="Add a time")).to_be_focused()


def test_quiet_times_in_the_settings_follow_other_devices_and_not_a_pause(come: Come) -> None:
    ana = come("ana")
    ana.page.get_by_role("button", name="Your account").click()
    ana.page.get_by_role("menuitem", name="Settings").click()
    dialog = ana.page.get_by_role("dialog")
    dialog.get_by_role("tab", name="Notifications").click()
    kinds = dialog.get_by_label("Quiet times")
    kinds.select_option("The same every day")
    dialog.get_by_label("From").fill("20:00")
    dialog.get_by_role("button", name="For an hour").click()
    expect(dialog.get_by_role("button", name="End the pause")).to_be_visible()
    expect(dialog.get_by_label("From")).to_have_value("20:00")
    dialog.get_by_role("button", name="Save").click()
    expect(ana.page.get_by_text("Saved").last).to_be_visible()
    assert ana.call("users.view_push_preference", {})["start_hour"] == 20
    expect(dialog.get_by_role("button", name="Save")).to_be_focused()
    whole = [{"day_of_week": "sunday", "time_windows": [{}]}]
    ana.call("users.update_push_preference", {"dnd_schedules": whole})
    expect(kinds).to_have_value("weekly")
    expect(dialog.get_by_label("From")).to_have_value("00:00")
    ana.call("users.reset_push_preference", {})
    expect(kinds).to_have_value("none")


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
