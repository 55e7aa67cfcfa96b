"""All tables of the dashboard: they sort, they page, and they say when there is nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.board import Board
from tests.browser.person import Person

pytestmark = pytest.mark.slow

# Each page with tables, and its title.
PAGES = {
    "overview": "Overview",
    "users": "Users",
    "users/sorted-01": "Sorted 1",
    "channels": "Channels",
    "channels/sorted-01": "Sorted 1",
    "banned": "Banned and muted",
    "filters": "Filters",
    "audit": "Audit log",
    "tokens": "API tokens",
    "webhooks": "Webhooks",
    "bots": "Bots",
    "push": "Push",
    "team": "Team",
    "whole": "Whole server",
    "live": "Live",
    "storage": "Storage and backups",
}
# What an application without anything says, and where.
EMPTY = {
    "overview": "No messages in this time.",
    "users": "No user is found.",
    "channels": "No channel is found.",
    "reports": "No open reports.",
    "banned": "Nobody is banned.",
    "filters": "No custom type has settings of its own.",
    "audit": "Nothing of this kind was done.",
    "webhooks": "Nothing was given up.",
    "bots": "No bots.",
    "push": "No service",
    "team": "Only the owners of the server work here.",
}
COUNT = 12


@pytest.fixture
def board(come: Callable[..., Person]) -> Board:
    """Ana, who owns the server, at the dashboard."""
    return Board(come("ana", viewport={"width": 1280, "height": 800}))


@pytest.fixture
def new_application(board: Board) -> Iterator[Board]:
    """The same in an application that was just made, and goes again."""
    made = board.ask("POST", "/applications", {"app_name": "Tables"})
    before, board.app_id = board.app_id, made["app_id"]
    yield board
    board.ask("DELETE", f"/applications/{board.app_id}")
    board.app_id = before


def fill(board: Board) -> None:
    """A dozen users, channels and bans, and two of most other things."""
    people = [f"sorted-{number:02}" for number in range(COUNT)]
    for number, user_id in enumerate(people):
        board.call("users.create", user_id=user_id, nickname=f"Sorted {number}")
        board.call("channels.create", channel_url=user_id, name=f"Sorted {number}", user_ids=people[: number + 1])
        board.call("messages.send", channel_url=user_id, user_id=people[0], message="Hi", message_type="MESG")
    for user_id in people[2:]:
        board.call("bans.add", channel_url="sorted-01", user_id=user_id, description=user_id)
        board.call("mutes.add", channel_url="sorted-01", user_id=user_id)
    for name in ("apple", "beet"):
        board.call("moderation.update", custom_type=name, max_message_length=100)
        board.call("api_tokens.create")
        board.call(
            "bots.create",
            bot_userid=name,
            bot_nickname=name,
            bot_callback_url="",
            bot_profile_url="",
            is_privacy_mode=False,
            bot_type="t",
        )


def test_tables_are_sorted_by_each_of_their_columns(new_application: Board) -> None:
    board = new_application
    fill(board)
    seen: dict[str, list[str]] = {}
    for path, title in PAGES.items():
        board.go(path, title)
        expect(board.page.locator("main [aria-busy=true]")).to_have_count(0)
        # Cohorts are in the order of time, and may be there later than the rest.
        tables = board.page.locator("main .table-frame table:not(.cohorts)")
        # All at once: what a page shows of now is made anew meanwhile.
        seen[path] = tables.evaluate_all("(tables) => tables.map((table) => table.getAttribute('aria-label') ?? '')")
        for name in seen[path]:
            assert name, path
            check_sorting(board.page.locator(f"main .table-frame table[aria-label='{name}']"), f"{path}: {name}")
    assert {"Users", "Channels", "Banned", "Members", "Custom types", "API tokens", "Bots", "Tables"} <= {
        name for names in seen.values() for name in names
    }


def check_sorting(table: Locator, where: str) -> None:
    """Each head sorts the rows by its column, and then the other way round; not those of one page of several."""
    heads = table.locator("thead th")
    pressed = table.locator("button.sort")
    if table.locator("xpath=ancestor::*[contains(@class, 'paged')]").locator(".pager").is_visible():
        assert table.locator("button.sort, thead [aria-sort]").count() > 0, where
        return
    assert pressed.count() == heads.count() > 0, where
    if table.locator("tbody tr").count() < 2:
        return
    for button in pressed.all():
        button.click()
        head = table.locator("thead [aria-sort]")
        expect(head).to_have_count(1)
        expect(head).to_have_text(button.inner_text())
        once, first = head.get_attribute("aria-sort"), cells(table, head)
        button.click()
        assert {once, head.get_attribute("aria-sort")} == {"ascending", "descending"}, where
        assert cells(table, head) == first[::-1], f"{where}: {button.inner_text()}"


def cells(table: Locator, head: Locator) -> list[str]:
    """The texts of the column of a head."""
    at = head.evaluate("(head) => [...head.parentElement.children].indexOf(head)")
    found: list[str] = table.evaluate(
        "(table, at) => [...table.tBodies[0].rows].map((row) => row.cells[at].textContent)", at
    )
    return found


def test_what_has_more_pages_is_sorted_by_the_server(new_application: Board) -> None:
    board = new_application
    page = board.page
    for number in range(27):
        board.call("users.create", user_id=f"u{number:02}", nickname=f"{chr(ord('z') - number % 26)}{number:02}")
        board.call("channels.create", channel_url=f"room{number:02}", name=f"{chr(ord('z') - number % 26)}{number:02}")
    for path, title, column, first in (("users", "Users", "User", "a25"), ("channels", "Channels", "Channel", "a25")):
        board.go(path, title)
        page.get_by_role("button", name=column, exact=True).click()
        expect(page.locator("tbody tr").first).to_contain_text(first)
        expect(page.locator("thead [aria-sort=ascending]")).to_have_text(column)
        board.button("Next page").click()
        expect(page.locator("tbody tr")).to_have_count(2)
        board.button("Previous page").click()
        page.get_by_role("button", name="Made", exact=True).click()
        expect(page.locator("thead [aria-sort=descending]")).to_have_text("Made")
        expect(page.locator("tbody tr").first).to_contain_text("26")
        assert re.search("order=", page.url)


def test_what_is_empty_says_so(new_application: Board) -> None:
    board = new_application
    titles: dict[str, Any] = PAGES | {"reports": "Reports"}
    for path, text in EMPTY.items():
        board.go(path, titles[path])
        if path == "audit":
            board.page.get_by_label("Act", exact=True).select_option("user.banned")
        expect(board.page.locator("main .state").filter(has_text=text).first).to_be_visible()
