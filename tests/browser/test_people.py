"""Who talks with whom: direct conversations, groups, members, names."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import expect

from tests.browser.person import Person, until
from tests.sdk.backend import Backend
from tests.served import Served

pytestmark = pytest.mark.slow

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


def test_group_add_rename_leave(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    page = ana.page
    page.get_by_role("button", name="New conversation").click()
    page.get_by_role("button", name="New group").click()
    page.get_by_label("Group name").fill("Picnic")
    page.get_by_role("button", name="Create group").click()
    expect(page.get_by_role("heading", name="Picnic", level=2)).to_be_visible()
    page.get_by_role("button", name="Details", exact=True).click()
    page.get_by_role("tab", name="Members").click()
    page.get_by_role("button", name="Add people").click()
    page.get_by_role("option", name="Ben Okafor").click()
    page.get_by_role("dialog").get_by_role("button", name="Add", exact=True).click()
    expect(page.locator(".pane").get_by_text("Ben Okafor")).to_be_visible()
    page.get_by_role("tab", name="About").click()
    page.get_by_role("button", name="Rename").click()
    page.get_by_label("Group name").fill("Picnic in May")
    page.get_by_role("button", name="Save").click()
    ben.open("Picnic in May")
    ben.page.get_by_role("button", name="Details", exact=True).click()
    ben.page.get_by_role("button", name="Leave group").click()
    ben.page.get_by_role("dialog").get_by_role("button", name="Leave").click()
    expect(ben.channel("Picnic in May")).to_have_count(0)
    page.get_by_role("tab", name="Members").click()
    expect(page.locator(".pane").get_by_text("Ben Okafor")).to_have_count(0)


def test_among_many_people_somebody_is_found_by_any_word_of_their_name(
    fresh: Served, newcomer: Callable[..., Person]
) -> None:
    ana = newcomer(fresh.url, "ana")
    ana.join(fresh.link, "Ana Ribeiro")
    backend = Backend(fresh)
    for number in range(110):
        backend.call("POST", "/users", user_id=f"u{number}", nickname=f"Guest Number{number}")
    ana.page.get_by_role("button", name="New conversation").click()
    ana.page.get_by_label("Search people").fill("number109")
    expect(ana.page.get_by_role("option")).to_contain_text(["Guest Number109"])


def test_members_of_a_large_channel_come_in_pages(fresh: Served, newcomer: Callable[..., Person]) -> None:
    ana = newcomer(fresh.url, "ana")
    ana.join(fresh.link, "Ana Ribeiro")
    backend = httpx.Client(base_url=fresh.url, headers={"Api-Token": fresh.command("token", "create", "main")})
    # A running server notices what another process has written within about a second.
    until(lambda: backend.get("/v3/users/ana").is_success)
    names = [f"guest{number:03}" for number in range(150)]
    for name in names:
        backend.post("/v3/users", json={"user_id": name, "nickname": name.title()}).raise_for_status()
    made = {"name": "Fair", "channel_url": "fair", "is_super": True, "user_ids": ["ana", *names[:90]]}
    backend.post("/v3/group_channels", json=made).raise_for_status()
    backend.post("/v3/group_channels/fair/invite", json={"user_ids": names[90:]}).raise_for_status()
    # At a device that has not seen them come: those it would know without a page.
    ana = newcomer(fresh.url, "ana")
    ana.sign_in()
    ana.open("Fair")
    pane, more = ana.page.locator(".pane"), ana.page.get_by_role("button", name="Show more")
    ana.page.get_by_role("button", name="Details", exact=True).click()
    pane.get_by_role("tab", name="Members").click()
    expect(pane.get_by_text("151 members")).to_be_visible()
    for count in (100, 151):
        more.click()
        expect(pane.locator(".person")).to_have_count(count)
    expect(more).to_be_hidden()
    backend.put("/v3/group_channels/fair/leave", json={"user_ids": names[:1]}).raise_for_status()
    expect(pane.get_by_text("150 members")).to_be_visible()


def test_another_name_and_picture_are_seen_at_once(come: Come) -> None:
    ana, ben = come("ana"), come("ben")
    ana.call("channels.create", {"user_ids": ["ben"], "name": "Masks"})
    for person in (ben, ana):
        person.open("Masks")
    ben.say("Who am I?")
    ana.sees("Who am I?")
    head = ana.message("Who am I?").locator(".message-head")
    expect(head).to_contain_text("Ben Okafor")
    picture = f"{ana.url}/web/icons/icon-192.png"
    try:
        ben.call("users.update", {"nickname": "<b>Benjamin</b>", "profile_url": picture})
        expect(head).to_contain_text("<b>Benjamin</b>")
        expect(ana.message("Who am I?").locator(f'.avatar img[src="{picture}"]')).to_be_visible()
        # And in the list, where they have written to each other.
        expect(ana.channel("<b>Benjamin</b>")).to_be_visible()
    finally:
        ben.call("users.update", {"nickname": "Ben Okafor", "profile_url": ""})
    expect(head).to_contain_text("Ben Okafor")
