"""The dashboard's moderation: reports, search, filters and the audit log."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.board import HOSTILE, Board
from tests.browser.person import Person, until

pytestmark = pytest.mark.slow


@pytest.fixture
def board(come: Callable[..., Person]) -> Board:
    """Ana, who owns the server, at the dashboard; there is a channel with two in it."""
    board = Board(come("ana", viewport={"width": 1280, "height": 800}))
    for name in ("tess", "troy"):
        if not board.call("users.list", user_ids=[name])["users"]:
            board.call("users.create", user_id=name, nickname=f"{name.title()} {HOSTILE}")
    if not board.call("channels.list_all", channel_urls=["court"], show_empty=True)["channels"]:
        board.call("channels.create", channel_url="court", name=HOSTILE)
    board.call("channels.invite", channel_url="court", user_ids=["tess", "troy"])  # who is banned is out of it
    return board


def say(board: Board, user_id: str, message: str) -> int:
    sent = board.call("messages.send", channel_url="court", user_id=user_id, message=message, message_type="MESG")
    return int(sent["message_id"])


def test_a_report_is_seen_in_its_context_and_acted_on(board: Board) -> None:
    page = board.page
    say(board, "tess", "Before it")
    reported = say(board, "troy", f"Rude {HOSTILE}")
    say(board, "tess", "After it")
    about = {"message_id": reported, "offending_user_id": "troy", "reporting_user_id": "tess"}
    board.call("messages.report", channel_url="court", report_category="harassing", report_description=HOSTILE, **about)
    board.go("reports?type=message", "Reports")
    report = page.get_by_role("article").first
    expect(report).to_contain_text(f"Rude {HOSTILE}")
    report.get_by_text("What was around it").click()
    expect(report).to_contain_text("Before it")
    expect(report).to_contain_text("After it")
    report.get_by_role("button", name="Mute …").click()
    board.button("Mute").click()
    expect(report).to_contain_text("Resolved: the user was muted.")
    report.get_by_role("button", name="Open again").click()
    report.get_by_role("button", name="Delete message").click()
    board.dialog.get_by_role("button", name="Delete").click()
    expect(report).to_contain_text("Resolved: the message was deleted.")
    page.get_by_label("Why").select_option("spam")
    expect(page.get_by_text("None of this kind.")).to_be_visible()
    board.go("channels/court", HOSTILE)
    muted = page.get_by_role("region", name="Muted")
    expect(muted).to_contain_text("Troy")
    muted.get_by_role("button", name="Lift").click()
    board.dialog.get_by_role("button", name="Lift").click()
    expect(muted).to_contain_text("Nobody is muted.")


def test_a_report_is_dismissed_with_those_of_others_and_opened_again(board: Board) -> None:
    page = board.page
    reported = say(board, "troy", "Not so bad")
    for reporter in ("tess", ""):
        about = {"message_id": reported, "reporting_user_id": reporter}
        board.call("messages.report", channel_url="court", report_category="inappropriate", **about)
    board.go("reports?category=inappropriate", "Reports")
    expect(page.get_by_role("article")).to_have_count(2)
    page.get_by_role("button", name="Dismiss").first.click()
    expect(page.get_by_text("Dismissed: nothing was done.")).to_be_visible()
    board.go("reports?category=inappropriate", "Reports")
    expect(page.get_by_text("None of this kind.")).to_be_visible()
    page.get_by_label("Status").select_option("dismissed")
    expect(page.get_by_role("article")).to_have_count(2)
    page.get_by_role("button", name="Open again").first.click()
    expect(page.get_by_role("button", name="Dismiss")).to_be_visible()
    page.get_by_label("Status").select_option("open")
    expect(page.get_by_role("article")).to_have_count(2)


def test_messages_of_all_channels_are_found(board: Board) -> None:
    say(board, "tess", f"A kumquat {HOSTILE}")
    until(lambda: board.call("messages.search", query="kumquat")["results"])
    board.go("messages", "Messages")
    board.page.get_by_label("What they say").fill("kumquat")
    board.button("Search").click()
    found = board.page.get_by_role("region", name="Messages").get_by_role("listitem")
    expect(found).to_contain_text(f"A kumquat {HOSTILE}")
    expect(found.get_by_role("link", name="court")).to_be_visible()


def test_filters_are_set_and_tried(board: Board) -> None:
    page = board.page
    board.go("filters/shop", "Filters of “shop”")
    page.get_by_label("When a word is found").select_option("1")
    page.get_by_label("Words", exact=True).last.fill("slug\nsnail*")
    board.button("Save").click()
    expect(page.get_by_text("Saved. It holds from the next message on.")).to_be_visible()
    page.get_by_label("Text to try").fill(f"A slug {HOSTILE}")
    board.button("Try").click()
    expect(page.locator(".trial")).to_have_text(f"It is sent with asterisks. A **** {HOSTILE}")
    board.go("filters", "Filters")
    board.row("shop").get_by_role("button", name="Remove").click()
    board.dialog.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("No custom type has settings of its own.")).to_be_visible()


def test_acts_are_in_the_audit_log(board: Board) -> None:
    board.call("bans.add", channel_url="court", user_id="troy", description=HOSTILE)
    board.call("bans.remove", channel_url="court", user_id="troy")
    board.go("audit?kind=user.banned", "Audit log")
    row = board.row("user.banned").first
    expect(row).to_contain_text("ana")
    expect(row).to_contain_text(HOSTILE)
    board.page.get_by_label("Done to user (id)").fill("tess")
    expect(board.page.get_by_text("Nothing of this kind was done.")).to_be_visible()


def test_the_audit_log_is_read_from_either_end(board: Board) -> None:
    for _ in range(7):
        board.call("bans.add", channel_url="court", user_id="troy")
        board.call("bans.remove", channel_url="court", user_id="troy")
    acts = {end: board.call("audit.list", limit=1, reverse=end)["acts"][0] for end in (False, True)}
    board.go("audit", "Audit log")
    first, head = board.page.get_by_role("row").nth(1), board.page.get_by_role("columnheader", name="When")
    for end, direction in ((True, "ascending"), (False, "descending")):
        head.get_by_role("button").click()
        expect(head).to_have_attribute("aria-sort", direction)
        expect(first).to_contain_text(acts[end]["kind"])
        assert ("order=oldest" in board.page.url) == end


def test_who_is_banned_or_muted_anywhere_is_let_back(board: Board) -> None:
    page = board.page
    for noun in ("bans", "mutes"):
        board.call(f"{noun}.add", channel_url="court", user_id="troy", description=HOSTILE)
    board.go("banned", "Banned and muted")
    expect(board.row("Troy")).to_contain_text(HOSTILE)
    expect(board.row("Troy").get_by_role("link", name="court")).to_be_visible()
    board.row("Troy").get_by_role("button", name="Lift").click()
    board.dialog.get_by_role("button", name="Lift").click()
    expect(page.get_by_text("Nobody is banned.")).to_be_visible()
    page.get_by_role("radio", name="Muted").click()
    page.get_by_label("User (id)").fill("tess")
    expect(page.get_by_text("Nobody is muted.")).to_be_visible()
    page.get_by_label("User (id)").fill("troy")
    board.row("Troy").get_by_role("button", name="Lift").click()
    board.dialog.get_by_role("button", name="Lift").click()
    expect(page.get_by_text("Nobody is muted.")).to_be_visible()
    assert board.call("bans.list_all")["banned_list"] == board.call("mutes.list_all")["muted_list"] == []
