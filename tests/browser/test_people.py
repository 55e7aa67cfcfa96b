"""Who talks with whom: direct conversations, groups, members, names."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.person import Person

Come = Callable[..., Person]


def test_direct_conversation_is_the_same_from_both_sides(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    ana.page.get_by_role("button", name="New conversation").click()
    ana.page.get_by_label("Search people").fill("oka")
    ana.page.get_by_role("option", name="Ben Okafor").click()
    expect(ana.page.get_by_role("heading", name="Ben Okafor", level=2)).to_be_visible()
    ana.say("Only for you")
    ben.open("Ana Ribeiro")
    ben.sees("Only for you")
    ben.page.get_by_role("button", name="New conversation").click()
    ben.page.get_by_label("Search people").fill("ana")
    ben.page.get_by_label("Search people").press("Enter")
    expect(ben.page.get_by_role("dialog")).to_have_count(0)
    ben.say("And back")
    ana.sees("And back")


@pytest.mark.slow
def test_group_add_rename_leave(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    page = ana.page
    page.get_by_role("button", name="New conversation").click()
    page.get_by_role("button", name="New group").click()
    page.get_by_label("Group name").fill("Picnic")
    page.get_by_role("button", name="Create group").click()
    expect(page.get_by_role("heading", name="Picnic", level=2)).to_be_visible()
    page.get_by_role("button", name="Details", exact=True).click()
    page.get_by_role("button", name="Add people").click()
    page.get_by_role("option", name="Ben Okafor").click()
    page.get_by_role("dialog").get_by_role("button", name="Add", exact=True).click()
    expect(page.locator(".pane").get_by_text("Ben Okafor")).to_be_visible()
    page.get_by_role("button", name="Rename").click()
    page.get_by_label("Group name").fill("Picnic in May")
    page.get_by_role("button", name="Save").click()
    ben.open("Picnic in May")
    ben.page.get_by_role("button", name="Details", exact=True).click()
    ben.page.get_by_role("button", name="Leave group").click()
    ben.page.get_by_role("dialog").get_by_role("button", name="Leave").click()
    expect(ben.channel("Picnic in May")).to_have_count(0)
    expect(page.locator(".pane").get_by_text("Ben Okafor")).to_have_count(0)


@pytest.mark.slow
def test_new_name_is_kept(come: Come) -> None:
    ben = come("ben")
    ben.page.get_by_role("button", name="Your account").click()
    ben.page.get_by_role("menuitem", name="Change your name").click()
    ben.page.get_by_label("Name", exact=True).fill("Benjamin Okafor")
    ben.page.get_by_role("button", name="Save").click()
    expect(ben.page.get_by_role("dialog")).to_have_count(0)
    ben.arrive()
    ben.page.get_by_role("button", name="Your account").click()
    expect(ben.page.get_by_text("Benjamin Okafor")).to_be_visible()
    ben.call("users.update", {"nickname": "Ben Okafor"})
